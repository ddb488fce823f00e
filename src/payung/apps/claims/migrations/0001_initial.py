import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="nomor")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jkm", "Kematian (JKM)"),
                            ("jkk", "Kecelakaan kerja (JKK)"),
                            ("jkk_death", "Meninggal karena kecelakaan kerja (JKK)"),
                        ],
                        max_length=9,
                        verbose_name="jenis",
                    ),
                ),
                ("event_at", models.DateTimeField(verbose_name="waktu kejadian")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="tempat")),
                ("story", models.TextField(blank=True, verbose_name="kronologi")),
                ("reporter_name", models.CharField(max_length=120, verbose_name="nama pelapor")),
                (
                    "reporter_phone",
                    models.CharField(blank=True, max_length=32, verbose_name="telepon pelapor"),
                ),
                (
                    "months_unable",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="bulan tidak mampu bekerja"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Melengkapi berkas"),
                            ("filed", "Diajukan ke BPJS"),
                            ("paid", "Dibayar"),
                            ("refused", "Ditolak BPJS"),
                            ("closed", "Ditutup"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("cover", models.JSONField(verbose_name="perlindungan pada hari kejadian")),
                ("income", models.PositiveBigIntegerField(verbose_name="dasar penghasilan")),
                (
                    "benefit_total",
                    models.PositiveBigIntegerField(default=0, verbose_name="perkiraan manfaat"),
                ),
                (
                    "benefit_later",
                    models.PositiveBigIntegerField(
                        default=0, verbose_name="setelah tunggakan dilunasi"
                    ),
                ),
                ("steps", models.JSONField(default=list, verbose_name="dasar hukum")),
                ("filed_on", models.DateField(null=True, verbose_name="diajukan")),
                ("paid_on", models.DateField(null=True, verbose_name="dibayar")),
                (
                    "paid_amount",
                    models.PositiveBigIntegerField(null=True, verbose_name="jumlah dibayar"),
                ),
                (
                    "outcome_note",
                    models.CharField(blank=True, max_length=300, verbose_name="keterangan"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind__in", ["jkm", "jkk_death"]),
                            models.Q(("state", "closed"), _negated=True),
                        ),
                        fields=("worker",),
                        name="one_death_claim_per_worker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "paid"), _negated=True),
                            models.Q(("paid_on__isnull", False), ("paid_amount__isnull", False)),
                            _connector="OR",
                        ),
                        name="paid_claim_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=160, verbose_name="manfaat")),
                ("amount", models.PositiveBigIntegerField(null=True, verbose_name="jumlah")),
                ("source", models.CharField(max_length=120, verbose_name="dasar")),
                ("verified_source", models.BooleanField(verbose_name="dasar terverifikasi")),
                (
                    "later",
                    models.BooleanField(default=False, verbose_name="setelah tunggakan dilunasi"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="benefits",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("claim", "position"), name="benefit_position_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="tenggat")),
                ("who", models.CharField(max_length=80, verbose_name="pihak")),
                ("due_at", models.DateTimeField(null=True, verbose_name="paling lambat")),
                ("counts_from", models.CharField(max_length=24, verbose_name="dihitung sejak")),
                ("source", models.CharField(max_length=120, verbose_name="dasar")),
                ("verified_source", models.BooleanField(verbose_name="dasar terverifikasi")),
                ("met_on", models.DateField(null=True, verbose_name="dipenuhi")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "code"), name="claim_deadline_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=160, verbose_name="dokumen")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="catatan")),
                ("source", models.CharField(max_length=120, verbose_name="dasar")),
                ("verified_source", models.BooleanField(verbose_name="dasar terverifikasi")),
                ("required", models.BooleanField(default=True, verbose_name="wajib")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("missing", "Belum ada"),
                            ("received", "Diterima"),
                            ("verified", "Diperiksa"),
                        ],
                        default="missing",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "code"), name="claim_document_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Heir",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("relation", models.CharField(max_length=24, verbose_name="hubungan")),
                ("order", models.PositiveSmallIntegerField(verbose_name="urutan")),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="telepon")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="heirs",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "id"],
            },
        ),
    ]
