import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("funding", "0001_initial"),
        ("regions", "0001_initial"),
        ("workers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="nomor")),
                ("start_month", models.DateField(verbose_name="mulai perlindungan")),
                ("layout", models.JSONField(verbose_name="tata letak")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Baru"),
                            ("ready", "Siap dikirim"),
                            ("sent", "Terkirim"),
                            ("processed", "Dijawab"),
                        ],
                        default="new",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("lines_count", models.PositiveIntegerField(default=0, verbose_name="orang")),
                ("accepted", models.PositiveIntegerField(default=0, verbose_name="diterima")),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="ditolak")),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("answer_sha256", models.CharField(blank=True, max_length=64)),
                ("answer_filename", models.CharField(blank=True, max_length=255)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("processed_at", models.DateTimeField(null=True)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="funding.fund",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="funding.plan",
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
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="baris")),
                ("nik", models.CharField(max_length=16, verbose_name="NIK")),
                ("values", models.JSONField(verbose_name="nilai seperti dikirim")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("accepted", "Diterima"),
                            ("rejected", "Ditolak"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="jawaban",
                    ),
                ),
                ("kpj", models.CharField(blank=True, max_length=11, verbose_name="KPJ")),
                ("starts_on", models.DateField(null=True, verbose_name="mulai")),
                (
                    "reject_code",
                    models.CharField(blank=True, max_length=40, verbose_name="kode tolak"),
                ),
                (
                    "reject_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="alasan tolak"),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.allocation",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="enrolment.batch",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_lines",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "ordering": ["batch", "number"],
                "indexes": [models.Index(fields=["batch", "answer"], name="line_batch_answer")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="line_number_once"),
                    models.UniqueConstraint(fields=("batch", "worker"), name="line_worker_once"),
                    models.UniqueConstraint(fields=("batch", "nik"), name="line_nik_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "accepted"), _negated=True),
                            models.Q(
                                models.Q(("kpj", ""), _negated=True), ("starts_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="accepted_line_has_kpj",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "rejected"), _negated=True),
                            models.Q(("reject_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rejected_line_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "program",
                    models.CharField(
                        choices=[("jkk", "JKK"), ("jkm", "JKM")],
                        max_length=3,
                        verbose_name="program",
                    ),
                ),
                ("kpj", models.CharField(max_length=11, verbose_name="KPJ")),
                ("first_month", models.DateField(verbose_name="bulan pertama")),
                ("last_month", models.DateField(verbose_name="bulan terakhir")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=40, verbose_name="sebab berakhir"),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.fund",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="workers.worker",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="enrolment.line",
                    ),
                ),
            ],
            options={
                "ordering": ["first_month"],
                "indexes": [
                    models.Index(
                        fields=["worker", "program", "first_month"], name="coverage_worker"
                    ),
                    models.Index(fields=["first_month", "last_month"], name="coverage_months"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_month__gte", models.F("first_month"))),
                        name="coverage_months_in_order",
                    )
                ],
            },
        ),
    ]
