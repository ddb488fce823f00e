import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("enrolment", "0001_initial"),
        ("funding", "0001_initial"),
        ("regions", "0001_initial"),
        ("workers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="nomor")),
                ("month", models.DateField(verbose_name="bulan iuran")),
                ("part", models.PositiveSmallIntegerField(default=1, verbose_name="bagian")),
                ("due_on", models.DateField(verbose_name="jatuh tempo")),
                ("workers", models.PositiveIntegerField(default=0, verbose_name="orang")),
                ("amount", models.PositiveBigIntegerField(default=0, verbose_name="jumlah")),
                ("paid", models.PositiveBigIntegerField(default=0, verbose_name="dibayar")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "Belum dibayar"),
                            ("partly", "Dibayar sebagian"),
                            ("paid", "Lunas"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        default="issued",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("law", models.JSONField(default=list, verbose_name="dasar hukum")),
                ("issued_on", models.DateField(verbose_name="tanggal tagihan")),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
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
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "ordering": ["-month", "fund", "part"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("fund", "month", "part"),
                        name="one_invoice_per_fund_month_and_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paid__lte", models.F("amount"))),
                        name="never_paid_over_the_invoice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
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
                ("base", models.PositiveBigIntegerField(verbose_name="dasar")),
                ("rate", models.CharField(max_length=16, verbose_name="tarif")),
                ("relief", models.PositiveBigIntegerField(default=0, verbose_name="keringanan")),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah")),
                (
                    "coverage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enrolment.coverage",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="contributions.invoice",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invoice", "worker", "program"), name="invoice_line_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah")),
                ("paid_on", models.DateField(verbose_name="tanggal bayar")),
                ("reference", models.CharField(max_length=80, verbose_name="nomor bukti")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="contributions.invoice",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["paid_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("reference",), name="payment_reference_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="payment_positive"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaidMonth",
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
                ("month", models.DateField(verbose_name="bulan iuran")),
                ("kpj", models.CharField(max_length=11, verbose_name="KPJ")),
                ("base", models.PositiveBigIntegerField(verbose_name="dasar")),
                ("rate", models.CharField(max_length=16, verbose_name="tarif")),
                ("relief", models.PositiveBigIntegerField(default=0, verbose_name="keringanan")),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah")),
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
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_months",
                        to="contributions.invoice",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_months",
                        to="workers.worker",
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_months",
                        to="contributions.payment",
                    ),
                ),
            ],
            options={
                "ordering": ["month", "program"],
                "indexes": [
                    models.Index(fields=["month", "program"], name="paid_month_program"),
                    models.Index(fields=["payment"], name="paid_month_payment"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("worker", "program", "month"), name="month_paid_once"
                    )
                ],
            },
        ),
    ]
