"""From a file to the registry on the site: upload, columns, acceptance, withdrawal."""

import io

import pytest
from django.urls import reverse

from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress
from payung.apps.lists.models import ColumnMemory, List, State
from payung.apps.workers.models import Worker
from tests.lists.files import START
from tests.web.offices import messy

UPLOAD = "/daftar/unggah/"


@pytest.fixture
def send(disnaker, client_of, django_capture_on_commit_callbacks):
    """send(person, …) uploads a list as this person; its reading is done when it returns."""

    def sent(person, path=None, sender=None, **query):
        path = path or disnaker.file(messy())
        with path.open("rb") as file, django_capture_on_commit_callbacks(execute=True):
            return client_of(person).post(
                UPLOAD,
                {
                    "file": file,
                    "sender": sender or person.organisation.pk,
                    "start_month": START.isoformat(),
                    "subject": "Usulan percobaan",
                },
                **query,
            )

    return sent


def test_a_list_is_taken_and_leads_to_its_page(send, cast, client_of):
    answer = send(cast.rina)
    found = List.objects.get()
    assert answer.url == reverse("lists:detail", args=[found.pk])
    assert (found.state, found.rows, found.subject) == (State.READ, 6, "Usulan percobaan")
    text = client_of(cast.rina).get(answer.url).text
    assert "Masalah baris" in text


def test_an_upload_by_htmx_is_led_by_a_header(send, cast):
    answer = send(cast.rina, headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("lists:detail", args=[List.objects.get().pk])


def test_the_same_file_again_names_the_earlier_list(send, disnaker, cast):
    path = disnaker.file(messy())
    send(cast.rina, path)
    again = send(cast.rina, path)
    found = List.objects.get()
    assert again.status_code == 200
    assert f"daftar nomor {found.pk}" in again.text
    assert 'value="Usulan percobaan"' in again.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-1.7 not a workbook", "PDF"), (b"", "kosong (0 byte); pilih")],
    ids=["pdf", "empty"],
)
def test_what_is_no_spreadsheet_is_refused_in_a_sentence(content, sentence, send, cast, tmp_path):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    answer = send(cast.rina, path)
    assert answer.status_code == 200
    problems = [*answer.context["form"].non_field_errors(), *answer.context["form"]["file"].errors]
    assert sentence in "".join(problems)
    assert not List.objects.exists()


def test_a_kelurahan_sends_in_its_own_name_only(send, cast, client_of):
    text = client_of(cast.yanti).get(UPLOAD).text
    assert "Kelurahan Sukarasa" in text
    assert "Disnaker Kota Tangerang</option>" not in text
    refused = send(cast.yanti, sender=cast.disnaker.pk)
    assert refused.status_code == 200
    assert not List.objects.exists()


def test_who_may_not_upload_is_refused(cast, client_of):
    for person in (cast.sari, cast.tono, cast.maya, cast.hendra):
        assert client_of(person).get(UPLOAD).status_code == 403


def test_while_it_is_read_the_page_asks_again_until_it_is(disnaker, cast, client_of):
    found = disnaker.read(messy())
    List.objects.filter(pk=found.pk).update(state=State.READING)
    client = client_of(cast.rina)
    moving = reverse("lists:progress", args=[found.pk])
    text = client.get(reverse("lists:detail", args=[found.pk])).text
    assert f'hx-get="{moving}"' in text
    assert "Menunggu giliran" in client.get(moving).text
    job = Job.objects.create(kind="lists.accept", membership=cast.budi.membership)
    List.objects.filter(pk=found.pk).update(job=job)
    Progress(job.pk).tell(22, 88, "Menyiapkan")
    assert "25% · Menyiapkan" in client.get(moving).text
    List.objects.filter(pk=found.pk).update(state=State.READ)
    done = client.get(moving, headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == reverse("lists:detail", args=[found.pk])


def test_columns_are_said_anew_and_remembered(disnaker, cast, client_of):
    found = disnaker.read(messy())
    sheet = found.sheets.get()
    url = reverse("lists:columns", args=[found.pk, sheet.pk])
    sent = {f"lembar-{sheet.pk}-{each['index']}": each["field"] or "" for each in sheet.columns}
    [phone] = [each for each in sheet.columns if each["field"] == "phone"]
    sent[f"lembar-{sheet.pk}-{phone['index']}"] = ""
    client = client_of(cast.rina)
    assert client.get(url).status_code == 405
    assert client.post(url, sent).status_code == 302
    sheet.refresh_from_db()
    assert sheet.columns[phone["index"]]["field"] is None
    assert ColumnMemory.objects.get(heading=phone["heading"]).field == ""


def test_one_meaning_for_two_columns_is_refused_and_nothing_chosen_is_lost(
    disnaker, cast, client_of
):
    found = disnaker.read(messy())
    sheet = found.sheets.get()
    sent = {f"lembar-{sheet.pk}-{each['index']}": "name" for each in sheet.columns}
    answer = client_of(cast.rina).post(reverse("lists:columns", args=[found.pk, sheet.pk]), sent)
    assert "hanya boleh diberikan pada satu kolom" in answer.text
    assert answer.text.count('<option value="name" selected>') == len(sheet.columns)


def test_accepting_takes_the_good_rows_and_shows_what_became_of_all(
    disnaker, cast, client_of, django_capture_on_commit_callbacks
):
    found = disnaker.read(messy())
    client, url = client_of(cast.budi), reverse("lists:detail", args=[found.pk])
    before = client.get(url).text
    assert "Terima 4 baris" in before
    assert "2 baris salah" in before
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("lists:accept", args=[found.pk])).url == url
    assert Worker.objects.count() == 4
    after = client.get(url).text
    assert "Diterima" in after
    assert f"{url}?nasib=new#masalah" in after
    assert "Ditolak" in client.get(url, {"nasib": "rejected"}).text
    assert client_of(cast.rina).post(reverse("lists:accept", args=[found.pk])).status_code == 403


def test_a_list_is_withdrawn_with_a_reason_only(disnaker, cast, client_of):
    found = disnaker.read(messy())
    client, url = client_of(cast.rina), reverse("lists:withdraw", args=[found.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "salah berkas"}).status_code == 302
    found.refresh_from_db()
    assert found.state == State.WITHDRAWN
    assert "sudah ditarik" in client.get(reverse("lists:detail", args=[found.pk])).text


def test_a_search_among_rows_stays_out_of_the_address(disnaker, cast, client_of):
    found = disnaker.read(messy())
    url = reverse("lists:detail", args=[found.pk])
    client = client_of(cast.rina)
    answer = client.post(url, {"q": "wati"})
    assert "wati" not in answer.url
    text = client.get(answer.url).text
    assert "Wati Kurniasih" in text
    assert "Nur Halimah" not in text


def test_the_file_field_keeps_its_choice_when_the_form_comes_back(cast, client_of):
    answer = client_of(cast.rina).post(UPLOAD, {"file": io.BytesIO(b"x")})
    assert 'hx-preserve="true"' in answer.text
