import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("lists", "0004_match_band"),
        ("workers", "0004_same_as"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="list",
            name="checked_at",
            field=models.DateTimeField(null=True, verbose_name="pekerja barunya diperiksa"),
        ),
        migrations.AddField(
            model_name="list",
            name="checking",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="jobs.job",
            ),
        ),
        migrations.CreateModel(
            name="Pair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("left_nik", models.CharField(max_length=32, verbose_name="NIK")),
                ("right_nik", models.CharField(max_length=32, verbose_name="NIK")),
                ("probability", models.FloatField(verbose_name="kemungkinan")),
                (
                    "band",
                    models.CharField(
                        choices=[("same", "Hampir pasti sama"), ("review", "Perlu dilihat")],
                        max_length=6,
                        verbose_name="golongan",
                    ),
                ),
                ("why", models.TextField(verbose_name="sebab")),
                ("evidence", models.JSONField(default=list, verbose_name="bukti")),
                ("found_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Belum diputuskan"),
                            ("same", "Orang yang sama"),
                            ("different", "Orang berbeda"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="keputusan",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "left",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="lists.list",
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "ordering": ["-probability", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("decision", "")),
                        fields=["left", "right"],
                        name="pair_undecided",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left__lt", models.F("right"))), name="pair_in_order"
                    ),
                    models.UniqueConstraint(fields=("left", "right"), name="pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decided_pair_names_who",
                    ),
                ],
            },
        ),
    ]
