import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("agreements", "0001_initial"),
        ("jobs", "0001_initial"),
        ("regions", "0001_initial"),
        ("workers", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="List",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=160, verbose_name="perihal")),
                ("filename", models.CharField(max_length=255, verbose_name="nama berkas")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField(verbose_name="ukuran")),
                ("start_month", models.DateField(verbose_name="bulan mulai")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Sedang dibaca"),
                            ("read", "Perlu diperiksa"),
                            ("accepting", "Sedang diterima"),
                            ("accepted", "Diterima"),
                            ("failed", "Gagal dibaca"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="reading",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("error", models.TextField(blank=True, verbose_name="kesalahan")),
                ("received_at", models.DateTimeField(verbose_name="diterima")),
                ("accepted_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="baris")),
                ("clean", models.PositiveIntegerField(default=0, verbose_name="siap")),
                ("warned", models.PositiveIntegerField(default=0, verbose_name="peringatan")),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="salah")),
                ("skipped", models.JSONField(default=list, verbose_name="lembar dilewati")),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="jobs.job",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        help_text="Kota yang kelurahannya dikenali.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["withdrawn", "failed"]), _negated=True),
                        fields=("sha256", "region"),
                        name="file_taken_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Row",
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
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Seperti terlihat di lembar kerja.", verbose_name="baris"
                    ),
                ),
                ("cells", models.JSONField(default=list, verbose_name="isi seperti dikirim")),
                ("corrections", models.JSONField(default=dict, verbose_name="perbaikan")),
                (
                    "kelurahan_text",
                    models.CharField(blank=True, max_length=120, verbose_name="kelurahan"),
                ),
                (
                    "kecamatan_text",
                    models.CharField(blank=True, max_length=120, verbose_name="kecamatan"),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Siap"), (1, "Peringatan"), (2, "Salah")], default=0
                    ),
                ),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("new", "Pekerja baru"),
                            ("joined", "Sudah terdaftar"),
                            ("review", "Perlu keputusan"),
                            ("rejected", "Ditolak"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="nasib",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="lists.list",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_rows",
                        to="workers.worker",
                    ),
                ),
            ],
            options={
                "ordering": ["sheet__position", "number"],
                "indexes": [
                    models.Index(fields=["list", "fate", "severity"], name="row_list_fate"),
                    models.Index(fields=["list", "nik"], name="row_list_nik"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fate__in", ["new", "joined"]), _negated=True),
                            ("worker__isnull", False),
                            _connector="OR",
                        ),
                        name="accepted_row_has_worker",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("probability", models.FloatField(verbose_name="kemungkinan")),
                ("evidence", models.JSONField(default=list, verbose_name="bukti")),
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
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="workers.worker",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="lists.row",
                    ),
                ),
            ],
            options={
                "ordering": ["-probability", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("row", "worker"), name="match_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=32)),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Siap"), (1, "Peringatan"), (2, "Salah")]
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=16)),
                ("column", models.CharField(blank=True, max_length=160, verbose_name="kolom")),
                ("message", models.TextField(verbose_name="masalah")),
                (
                    "list",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="lists.list",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="lists.row",
                    ),
                ),
            ],
            options={
                "ordering": ["row__number", "id"],
                "indexes": [models.Index(fields=["list", "code"], name="finding_list_code")],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="lembar")),
                ("header_row", models.PositiveIntegerField(verbose_name="baris judul")),
                ("columns", models.JSONField(default=list, verbose_name="kolom")),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="baris")),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="lists.list",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("list", "position"), name="sheet_position_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="row",
            name="sheet",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="entries",
                to="lists.sheet",
            ),
        ),
        migrations.CreateModel(
            name="ColumnMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("heading", models.CharField(max_length=160, verbose_name="judul kolom")),
                ("field", models.CharField(blank=True, max_length=16, verbose_name="menjadi")),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sender", "heading"), name="heading_meaning_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="row_number_once"),
        ),
    ]
