import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("regions", "0001_initial"),
        ("workers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bpjs_active", "Peserta aktif BPJS Ketenagakerjaan"),
                            ("deaths", "Daftar kematian"),
                            ("asn", "Daftar ASN/TNI/Polri"),
                            ("dtsen", "Desil DTSEN"),
                        ],
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                ("filename", models.CharField(max_length=255, verbose_name="nama berkas")),
                ("sha256", models.CharField(max_length=64)),
                ("as_of", models.DateField(verbose_name="keadaan per")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="baris")),
                (
                    "unreadable",
                    models.PositiveIntegerField(default=0, verbose_name="baris tak terbaca"),
                ),
                (
                    "passed_over",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Misalnya peserta yang sudah tidak aktif.",
                        verbose_name="tidak berlaku",
                    ),
                ),
                ("received_at", models.DateTimeField(verbose_name="diterima")),
                (
                    "received_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-as_of", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sha256", "kind", "region"), name="reference_file_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="baris")),
                ("nik", models.CharField(blank=True, max_length=32)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("name_key", models.CharField(blank=True, max_length=200)),
                ("match_key", models.CharField(blank=True, max_length=220)),
                ("birth_date", models.DateField(null=True)),
                ("value", models.CharField(blank=True, max_length=80)),
                ("number_held", models.CharField(blank=True, max_length=32)),
                ("value_date", models.DateField(null=True)),
                (
                    "reference",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="screening.reference",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["reference", "nik"], name="entry_nik"),
                    models.Index(fields=["reference", "match_key"], name="entry_match_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference", "number"), name="entry_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="untuk perlindungan mulai")),
                ("workers", models.PositiveIntegerField(default=0, verbose_name="diperiksa")),
                ("eligible", models.PositiveIntegerField(default=0, verbose_name="layak")),
                (
                    "doubtful",
                    models.PositiveIntegerField(default=0, verbose_name="perlu dipastikan"),
                ),
                ("made_at", models.DateTimeField(verbose_name="dijalankan")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "references",
                    models.ManyToManyField(related_name="screenings", to="screening.reference"),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("bpjs-active", "Sudah peserta aktif BPJS"),
                            ("dead", "Tercatat meninggal"),
                            ("asn", "ASN/TNI/Polri"),
                            ("age-65", "Mencapai batas usia"),
                            ("age-under-15", "Di bawah usia kerja"),
                            ("birth-date-blank", "Tanggal lahir kosong"),
                            ("bpjs-ours", "Peserta aktif dari program ini"),
                            ("decile", "Desil DTSEN"),
                        ],
                        max_length=24,
                        verbose_name="hasil",
                    ),
                ),
                ("excludes", models.BooleanField(verbose_name="menggugurkan")),
                ("doubtful", models.BooleanField(default=False, verbose_name="perlu dipastikan")),
                (
                    "matched_by",
                    models.CharField(
                        choices=[
                            ("nik", "NIK sama"),
                            ("person", "nama dan tanggal lahir sama"),
                            ("rule", "aturan"),
                        ],
                        max_length=6,
                    ),
                ),
                ("value", models.CharField(blank=True, max_length=80)),
                ("value_date", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True, verbose_name="diputuskan")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="workers.worker",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="screening.referenceentry",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="screening.screening",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("screening", "worker", "code"), name="check_once_per_run"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("matched_by", "rule"), ("entry__isnull", False), _connector="OR"
                        ),
                        name="check_names_its_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("eligible", models.BooleanField(verbose_name="layak")),
                ("doubtful", models.BooleanField(default=False, verbose_name="perlu dipastikan")),
                ("decile", models.PositiveSmallIntegerField(null=True, verbose_name="desil")),
                ("reasons", models.CharField(blank=True, max_length=200, verbose_name="alasan")),
                (
                    "screening",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="screening.screening",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["screening", "eligible"], name="verdict_eligible")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("screening", "worker"), name="verdict_once_per_run"
                    )
                ],
            },
        ),
    ]
