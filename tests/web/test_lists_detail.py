"""A list read: its columns, its problems, correcting in place, and what nobody else may see."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from payung.apps.audit.models import Access
from payung.apps.lists.models import Finding, Row
from tests.lists.files import person
from tests.web.offices import messy

SHORT = "36710145088200"


@pytest.fixture
def found(disnaker):
    return disnaker.read(messy())


@pytest.fixture
def wrong(found):
    return Row.objects.get(list=found, name="Wati Kurniasih")


def _page(found, **query):
    return reverse("lists:detail", args=[found.pk], query=query)


def _correct(found, row):
    return reverse("lists:correct", args=[found.pk, row.pk])


def test_problems_stand_with_row_column_sentence_and_input(found, wrong, client_of, cast):
    text = client_of(cast.rina).get(_page(found)).text
    line = text[text.index(f'id="baris-{wrong.pk}"') :]
    line = line[: line.index("</tbody>")]
    assert f">{wrong.number}</a>" in line
    assert "NIK" in line
    assert "tulis 16 angka sesuai KTP" in line
    assert f'value="{SHORT}"' in line


def test_a_nik_is_whole_only_inside_the_input_of_who_may_correct_it(found, client_of, cast):
    for someone in (cast.rina, cast.sari, cast.tono):
        text = client_of(someone).get(_page(found, tingkat="semua")).text
        inputs = re.findall(r'value="(\d{14,16})"', text)
        assert bool(inputs) == (someone is cast.rina)
        without_inputs = re.sub(r'value="\d{14,16}"', "", text)
        assert not re.findall(r"\d{14,16}", without_inputs)


def test_opening_a_list_with_whole_nik_is_logged(found, client_of, cast):
    client_of(cast.rina).get(_page(found))
    client_of(cast.sari).get(_page(found))
    (access,) = Access.objects.all()
    assert (access.noun, access.object_id) == ("list", str(found.pk))
    assert access.user == cast.rina.user


def test_a_list_of_which_every_row_is_wrong_is_rather_given_back(disnaker, client_of, cast):
    found = disnaker.read([person(11, nik="36710145088200"), person(12, nik="")])
    text = client_of(cast.rina).get(reverse("lists:detail", args=[found.pk])).text
    assert "Semua baris salah" in text
    assert "Unduh berkasnya untuk diperbaiki pengirim" in text


def test_rows_are_narrowed_by_grade_problem_and_name(found, wrong, client_of, cast):
    client = client_of(cast.rina)
    place = f'id="baris-{wrong.pk}"'
    assert place in client.get(_page(found, tingkat="salah")).text
    assert place not in client.get(_page(found, tingkat="siap")).text
    assert place in client.get(_page(found, kode="nik-length")).text
    assert place not in client.get(_page(found, kode="kelurahan-unknown")).text
    assert place in client.get(_page(found, q="wati")).text
    assert "Tidak ada baris yang cocok" in client.get(_page(found, q="tidak ada")).text


def test_correcting_in_place_answers_with_the_row_judged_anew(found, wrong, client_of, cast):
    answer = client_of(cast.rina).post(
        _correct(found, wrong),
        {"field": "nik", "value": "3671014508820011"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert f'<tbody id="baris-{wrong.pk}">' in answer.text
    assert "Tersimpan; tidak ada masalah lagi." in answer.text
    assert '<div id="ringkasan" class="stack tight" hx-swap-oob="true">' in answer.text
    assert "4 siap" in answer.text
    assert not Finding.objects.filter(row=wrong).exists()


def test_without_scripts_correcting_leads_back_to_the_same_rows(found, wrong, client_of, cast):
    answer = client_of(cast.rina).post(
        _correct(found, wrong),
        {"field": "nik", "value": "3671014508820011", "query": "tingkat=salah"},
    )
    assert answer.status_code == 302
    assert answer.url == f"{_page(found)}?tingkat=salah#baris-{wrong.pk}"


def test_the_answer_to_a_correction_is_what_the_whole_page_then_shows(
    found, wrong, client_of, cast
):
    client = client_of(cast.rina)
    answer = client.post(
        _correct(found, wrong),
        {"field": "nik", "value": "123", "query": "tingkat=salah"},
        headers={"HX-Request": "true"},
    ).text
    whole = client.get(_page(found, tingkat="salah")).text

    def row_of(text):
        row = text[text.index(f'<tbody id="baris-{wrong.pk}"') :]
        row = row[: row.index("</tbody>")]
        row = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", row)
        return row.replace('<span class="badge good">Tersimpan</span>', "")

    assert row_of(answer) == row_of(whole)


def test_a_row_of_the_same_nik_is_answered_with_the_corrected_one(found, client_of, cast):
    first, second = Row.objects.filter(list=found, name="Nur Halimah").order_by("number")
    assert Finding.objects.filter(row=second, code="nik-repeated").exists()
    answer = client_of(cast.rina).post(
        _correct(found, first),
        {"field": "nik", "value": "3671015103790099"},
        headers={"HX-Request": "true"},
    )
    assert f'<tbody id="baris-{first.pk}">' in answer.text
    assert f'<tbody id="baris-{second.pk}" hx-swap-oob="true">' in answer.text
    assert not Finding.objects.filter(row=second).exists()


def test_an_unknown_field_is_refused_with_a_sentence(found, wrong, client_of, cast):
    answer = client_of(cast.rina).post(
        _correct(found, wrong), {"field": "cells", "value": "x"}, follow=True
    )
    assert "Isian itu tidak dikenal" in answer.text


def test_another_office_finds_nothing(found, wrong, client_of, cast):
    stranger, kelurahan = client_of(cast.stranger), client_of(cast.joko)
    for client in (stranger, kelurahan):
        assert client.get(_page(found)).status_code == 404
        assert client.get(reverse("lists:row", args=[found.pk, wrong.pk])).status_code == 404
        assert client.get(reverse("lists:progress", args=[found.pk])).status_code == 404
        assert client.get(reverse("lists:download", args=[found.pk])).status_code == 404
        assert client.post(_correct(found, wrong), {"field": "nik"}).status_code == 404


def test_a_row_of_another_list_is_not_found(found, sukarasa, client_of, cast):
    other = sukarasa.read([messy()[0]])
    row = Row.objects.get(list=other)
    url = reverse("lists:row", args=[found.pk, row.pk])
    assert client_of(cast.budi).get(url).status_code == 404


@pytest.mark.parametrize("name", ["accept", "withdraw"])
def test_what_writes_takes_no_get(found, name, client_of, cast):
    assert client_of(cast.budi).get(reverse(f"lists:{name}", args=[found.pk])).status_code == 405


def test_a_row_shows_what_was_sent_beside_what_was_read(found, wrong, client_of, cast):
    text = client_of(cast.rina).get(reverse("lists:row", args=[found.pk, wrong.pk])).text
    assert f"<code>{SHORT}</code>" in text
    assert "Wati Kurniasih" in text
    assert 'name="birth_date"' in text


def test_many_fields_are_corrected_from_the_page_of_a_row(found, wrong, client_of, cast):
    url = reverse("lists:row", args=[found.pk, wrong.pk])
    client = client_of(cast.rina)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    unchanged = client.post(_correct(found, wrong), sent)
    assert "Belum ada yang diubah" in unchanged.text
    sent |= {"nik": "3671014508820011", "occupation": "Tukang becak", "reason": "sesuai KTP"}
    assert client.post(_correct(found, wrong), sent).status_code == 302
    wrong.refresh_from_db()
    assert wrong.corrections == {"nik": "3671014508820011", "occupation": "Tukang becak"}
    client.post(reverse("lists:revert", args=[found.pk, wrong.pk]))
    wrong.refresh_from_db()
    assert wrong.corrections == {}


def test_a_formula_in_a_cell_is_text_on_the_page(disnaker, client_of, cast):
    evil = '=HYPERLINK("http://x.test","<script>x</script>")'
    row = ("3671014508820011", evil, "05-08-1982", "P", "Rohana", "Sukarasa", "Pedagang", "")
    found = disnaker.read([row])
    text = client_of(cast.rina).get(_page(found)).text
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


def test_the_list_comes_back_with_its_problems_marked(found, client_of, cast):
    answer = client_of(cast.rina).get(reverse("lists:download", args=[found.pk]))
    assert "attachment" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    texts = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert any("tulis 16 angka sesuai KTP" in text for text in texts)


def test_a_list_without_anybody_new_does_not_ask_to_compare(sukarasa, disnaker, client_of, cast):
    new, known = disnaker.accepted([person(1)]), sukarasa.accepted([person(1)])
    pages = [client_of(cast.budi).get(_page(each)).content.decode() for each in (new, known)]
    compare = [
        reverse("lists:check", args=[each.pk]) in page
        for each, page in zip((new, known), pages, strict=True)
    ]
    assert compare == [True, False]
    assert "Tidak ada pekerja baru dari daftar ini" in pages[1]
