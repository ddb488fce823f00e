"""Region codes: the packaged table and an official CSV."""

import pytest

from payung.apps.errors import DomainError
from payung.apps.regions import services
from payung.apps.regions.models import Level, Region

pytestmark = pytest.mark.django_db


def test_the_packaged_table_has_every_kelurahan_of_kota_tangerang():
    services.load_packaged(actor=None)
    inside = Region.objects.filter(code__startswith="36.71.")
    assert inside.filter(level=Level.KECAMATAN).count() == 13
    assert inside.filter(level=Level.KELURAHAN).count() == 104
    assert Region.objects.get(pk="36.71.01").edition == "Kepmendagri 300.2.2-2430/2025"


def test_every_area_has_its_parent():
    services.load_packaged(actor=None)
    assert Region.objects.get(pk="36.71.01.1001").parent.parent.parent.code == "36"
    assert not Region.objects.filter(parent=None).exclude(level=Level.PROVINCE).exists()


def test_loading_again_renames_and_removes_nothing():
    services.load(actor=None, rows=[("36.71", "Lama"), ("36.72", "Cilegon")], edition="2020")
    services.load(actor=None, rows=[("36.71", "Kota Tangerang")], edition="2025")
    assert Region.objects.get(pk="36.71").name == "Kota Tangerang"
    assert Region.objects.filter(pk="36.72").exists()


def test_a_code_that_is_none_is_refused_with_its_line():
    with pytest.raises(DomainError, match="Baris 2"):
        services.load(actor=None, rows=[("36", "Banten"), ("3671", "X")], edition="x")
    assert not Region.objects.exists()


def test_a_csv_may_have_a_heading_and_more_columns():
    assert services.parse_csv("kode,nama,level\n36.71,Kota Tangerang,kabkota\n") == [
        ("36.71", "Kota Tangerang")
    ]
