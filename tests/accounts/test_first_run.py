"""`payung init`: the first run of a real installation."""

import re

import pytest
from click.testing import CliRunner

from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.accounts.services import one_time_link
from payung.apps.regions.models import Region
from payung.cli.init import init

ASK = [
    "--region", "18.72", "--office", "Dinas Tenaga Kerja", "--name", "Wayan",
    "--email", "wayan@metro.test",
]  # fmt: skip


@pytest.mark.django_db
def test_the_first_run_makes_the_office_its_areas_and_one_administrator():
    result = CliRunner().invoke(init, ASK)
    assert result.exit_code == 0, result.output
    assert Region.objects.filter(pk="36.71.01.1001", name="Sukarasa").exists()
    assert Organisation.objects.filter(kind=Kind.KECAMATAN).count() == 5
    assert Organisation.objects.filter(kind=Kind.KELURAHAN).count() == 22
    membership = Membership.objects.get()
    assert (membership.role, membership.organisation.kind) == (Role.ADMINISTRATOR, Kind.LEAD)
    assert not membership.user.has_usable_password()


@pytest.mark.django_db
def test_the_printed_link_opens_the_page_that_sets_a_password(client):
    result = CliRunner().invoke(init, ASK)
    path = re.search(r"http://127\.0\.0\.1:8000(/\S+)", result.output).group(1)
    page = client.get(path, follow=True)
    assert page.status_code == 200
    assert 'name="new_password1"' in page.content.decode() or 'type="password"' in (
        page.content.decode()
    )


@pytest.mark.django_db
def test_a_link_is_spent_once_the_password_is_set(client):
    CliRunner().invoke(init, ASK)
    user = User.objects.get()
    link = one_time_link(user)
    user.set_password("sebuah frasa sandi")
    user.save()
    page = client.get(f"/akun/mulai/{link.uid}/{link.token}/", follow=True)
    assert 'type="password"' not in page.content.decode() or "account_login" in str(
        page.resolver_match
    )


@pytest.mark.django_db
def test_a_second_first_run_is_refused_and_says_how_to_get_a_new_link():
    CliRunner().invoke(init, ASK)
    again = CliRunner().invoke(init, ASK)
    assert again.exit_code == 2
    assert "--new-link" in again.stderr
    assert Membership.objects.count() == 1


@pytest.mark.django_db
def test_an_unknown_region_leaves_no_half_made_office():
    result = CliRunner().invoke(init, ["--region", "99.99", *ASK[2:]])
    assert result.exit_code == 2
    assert "99.99" in result.stderr
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_an_answer_that_cannot_be_is_asked_again():
    answers = "99.99\n18.72\nDisnaker\nWayan\nbukan surel\nwayan@metro.test\n"
    result = CliRunner().invoke(init, [], input=answers)
    assert result.exit_code == 0, result.output
    assert "18.72 Kota Metro" in result.stderr
    assert "bukan alamat surel" in result.stderr
    assert Membership.objects.get().user.email == "wayan@metro.test"
