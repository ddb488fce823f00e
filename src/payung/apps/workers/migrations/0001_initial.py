import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nik", models.CharField(blank=True, max_length=32, verbose_name="NIK")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="nama")),
                ("name_key", models.CharField(blank=True, max_length=200)),
                ("match_key", models.CharField(blank=True, max_length=220)),
                (
                    "birth_place",
                    models.CharField(blank=True, max_length=120, verbose_name="tempat lahir"),
                ),
                (
                    "birth_date",
                    models.DateField(blank=True, null=True, verbose_name="tanggal lahir"),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("P", "Perempuan"), ("L", "Laki-laki")],
                        max_length=1,
                        verbose_name="jenis kelamin",
                    ),
                ),
                (
                    "mother_name",
                    models.CharField(blank=True, max_length=200, verbose_name="nama ibu"),
                ),
                ("kk", models.CharField(blank=True, max_length=32, verbose_name="nomor KK")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="alamat")),
                ("rt_rw", models.CharField(blank=True, max_length=20, verbose_name="RT/RW")),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="telepon")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="surel")),
                (
                    "occupation",
                    models.CharField(blank=True, max_length=40, verbose_name="kode pekerjaan"),
                ),
                (
                    "occupation_text",
                    models.CharField(blank=True, max_length=120, verbose_name="pekerjaan"),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[("transport", "Transportasi"), ("other", "Lainnya")],
                        default="other",
                        max_length=9,
                        verbose_name="sektor",
                    ),
                ),
                (
                    "income",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="penghasilan"
                    ),
                ),
                ("kpj", models.CharField(blank=True, max_length=11, verbose_name="KPJ")),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="meninggal pada")),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                (
                    "region",
                    models.ForeignKey(
                        help_text="Kelurahan tempat tinggal; kota bila kelurahannya belum diketahui.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workers",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(fields=["name", "id"], name="worker_name"),
                    models.Index(fields=["nik"], name="worker_nik"),
                    models.Index(fields=["match_key"], name="worker_match_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("died_on__isnull", True)),
                        fields=("nik",),
                        name="one_living_worker_per_nik",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kpj", ""), _negated=True),
                        fields=("kpj",),
                        name="kpj_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nik", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="worker_has_nik_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("source_id", models.BigIntegerField()),
                ("received_at", models.DateTimeField()),
                ("values", models.JSONField(default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "ordering": ["received_at", "id"],
                "indexes": [
                    models.Index(
                        fields=["organisation", "worker"], name="source_organisation_worker"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "source_id"), name="source_once")
                ],
            },
        ),
    ]
