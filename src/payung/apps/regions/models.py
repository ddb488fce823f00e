from django.db import models


class Level(models.TextChoices):
    PROVINCE = "province", "Provinsi"
    KABKOTA = "kabkota", "Kabupaten/kota"
    KECAMATAN = "kecamatan", "Kecamatan"
    KELURAHAN = "desa_kelurahan", "Kelurahan/desa"


class Region(models.Model):
    """An administrative area by its official code, e.g. 36.71.01.1001."""

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=80)
    level = models.CharField("tingkat", max_length=16, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    edition = models.CharField("edisi kode wilayah", max_length=80)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def city_code(self) -> str:
        """Code of the city or regency this area lies in, e.g. 36.71."""
        return self.code[:5]
