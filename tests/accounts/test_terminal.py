"""Organisations and people from a terminal."""

import re

import pytest
from click.testing import CliRunner

from payung.apps.accounts.models import Membership, Organisation
from payung.cli.main import main


@pytest.fixture
def run(cast):
    """run("member", "list") as the administrator of Kota Tangerang."""

    def run(*arguments: str):
        return CliRunner(env={"PAYUNG_AS": cast.agus.user.email, "COLUMNS": "160"}).invoke(
            main, arguments
        )

    return run


def test_an_office_and_its_person_are_added_and_the_link_opens(run, client):
    made = run("organisation", "add", "--kind", "office", "--name", "Dinas Perhubungan")
    assert "dinas-perhubungan" in made.output
    person = ["--email", "tuti@dishub.test", "--name", "Tuti", "--role", "operator"]
    added = run("member", "add", *person, "--organisation", "dinas-perhubungan")
    assert added.exit_code == 0, added.output
    path = re.search(r"http://127\.0\.0\.1:8000(/\S+)", added.output).group(1)
    assert client.get(path).status_code == 200
    assert "Tuti" in run("member", "list").output


def test_a_role_the_organisation_does_not_know_is_refused_with_those_it_knows(run):
    person = ["--email", "x@bpjs.test", "--name", "X", "--role", "approver"]
    result = run("member", "add", *person, "--organisation", "bpjs")
    assert result.exit_code == 2
    assert "pilih: Petugas BPJS" in result.stderr
    assert not Membership.objects.filter(user__email="x@bpjs.test").exists()


def test_short_codes_are_listed_without_another_city(run):
    listed = run("organisation", "list").output
    assert "perusahaan" in listed
    assert "disnaker-metro" not in listed
    assert "sukarasa" in run("organisation", "list", "--kind", "kelurahan").output


def test_a_name_taken_is_refused(run):
    result = run("organisation", "add", "--kind", "office", "--name", "Dinsos")
    assert result.exit_code == 2
    assert "sudah dipakai" in result.stderr
    assert Organisation.objects.filter(slug="dinsos").count() == 1
