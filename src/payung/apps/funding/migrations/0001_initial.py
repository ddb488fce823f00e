import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agreements", "0001_initial"),
        ("regions", "0001_initial"),
        ("screening", "0001_initial"),
        ("workers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fund",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("apbd", "APBD"),
                            ("apbdes", "APBDes"),
                            ("dbhcht", "DBH CHT"),
                            ("dbhsawit", "DBH sawit"),
                            ("csr", "CSR/TJSL perusahaan"),
                            ("baznas", "Baznas"),
                            ("sertakan", "SERTAKAN"),
                            ("self", "Mandiri"),
                        ],
                        max_length=9,
                        verbose_name="sumber",
                    ),
                ),
                ("first_month", models.DateField(verbose_name="bulan pertama")),
                ("last_month", models.DateField(verbose_name="bulan terakhir")),
                (
                    "quota",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="kuota orang"),
                ),
                ("categories", models.JSONField(blank=True, default=list, verbose_name="kategori")),
                (
                    "kelurahan_prefixes",
                    models.JSONField(blank=True, default=list, verbose_name="wilayah"),
                ),
                ("granted", models.BigIntegerField(default=0, verbose_name="diberikan")),
                ("reserved", models.BigIntegerField(default=0, verbose_name="dicadangkan")),
                ("spent", models.BigIntegerField(default=0, verbose_name="dibelanjakan")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funds",
                        to="accounts.organisation",
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
                "ordering": ["kind", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "name"), name="fund_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last_month__gte", models.F("first_month"))),
                        name="fund_months_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reserved__gte", 0),
                            ("spent__gte", 0),
                            (
                                "granted__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("reserved"), "+", models.F("spent")
                                ),
                            ),
                        ),
                        name="fund_never_below_zero",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                            ("granted", "Diberikan"),
                            ("reserved", "Dicadangkan"),
                            ("released", "Cadangan dilepas"),
                            ("spent", "Dibelanjakan"),
                            ("returned", "Dikembalikan"),
                        ],
                        max_length=8,
                        verbose_name="jenis",
                    ),
                ),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah")),
                ("on", models.DateField(verbose_name="tanggal")),
                ("noun", models.CharField(blank=True, max_length=40)),
                ("object_id", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
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
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="funding.fund",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="entry_amount_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("first_month", models.DateField(verbose_name="bulan pertama")),
                ("last_month", models.DateField(verbose_name="bulan terakhir")),
                ("rules", models.JSONField(verbose_name="aturan")),
                ("result", models.JSONField(default=dict, verbose_name="hasil")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Rancangan"),
                            ("approved", "Disetujui"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        default="draft",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "screening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="screening.screening",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="maker_is_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("approved_by__isnull", False),
                            _connector="OR",
                        ),
                        name="approved_plan_names_who",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeftOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=120, verbose_name="alasan")),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left_out",
                        to="funding.plan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "worker"), name="left_out_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveIntegerField(verbose_name="urutan")),
                ("first_month", models.DateField(verbose_name="bulan pertama")),
                ("last_month", models.DateField(verbose_name="bulan terakhir")),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah")),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                (
                    "dropped_because",
                    models.CharField(blank=True, max_length=120, verbose_name="dilepas karena"),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="workers.worker",
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="funding.fund",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allocations",
                        to="funding.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["rank"],
                "indexes": [models.Index(fields=["plan", "fund"], name="allocation_plan_fund")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "worker", "first_month"), name="allocation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_month__gte", models.F("first_month"))),
                        name="allocation_months_in_order",
                    ),
                ],
            },
        ),
    ]
