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
    ]

    operations = [
        migrations.CreateModel(
            name="Circular",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="nomor")),
                ("title", models.CharField(max_length=200, verbose_name="perihal")),
                ("signed_on", models.DateField(verbose_name="tanggal")),
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
                "ordering": ["-signed_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "number"), name="circular_number_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="tanggal")),
                ("topic", models.CharField(max_length=160, verbose_name="topik")),
                ("place", models.CharField(max_length=160, verbose_name="tempat")),
                ("attended", models.PositiveIntegerField(default=0, verbose_name="hadir")),
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
                "ordering": ["-on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("people", models.PositiveIntegerField(verbose_name="orang")),
                ("months", models.PositiveSmallIntegerField(verbose_name="bulan")),
                ("amount", models.PositiveBigIntegerField(verbose_name="jumlah")),
                ("pledged_on", models.DateField(verbose_name="tanggal")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pledged", "Dijanjikan"),
                            ("funded", "Dana diterima"),
                            ("withdrawn", "Dibatalkan"),
                        ],
                        default="pledged",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "circular",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="outreach.circular",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledges",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "fund",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pledge",
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
            ],
            options={
                "ordering": ["-pledged_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("people__gt", 0), ("months__gt", 0)),
                        name="pledge_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "funded"), _negated=True),
                            ("fund__isnull", False),
                            _connector="OR",
                        ),
                        name="funded_pledge_has_fund",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="dikirim")),
                (
                    "reply",
                    models.CharField(
                        choices=[
                            ("none", "Belum menjawab"),
                            ("yes", "Bersedia"),
                            ("no", "Tidak bersedia"),
                        ],
                        default="none",
                        max_length=4,
                        verbose_name="jawaban",
                    ),
                ),
                ("replied_on", models.DateField(null=True, verbose_name="dijawab")),
                (
                    "circular",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="outreach.circular",
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("circular", "company"), name="recipient_once")
                ],
            },
        ),
    ]
