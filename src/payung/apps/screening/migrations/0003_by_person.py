from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_check_evidence")]

    operations = [
        migrations.RemoveConstraint(model_name="check", name="check_once_per_run"),
        migrations.AddField(
            model_name="referenceentry",
            name="mother_name",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="check",
            name="matched_by",
            field=models.CharField(
                choices=[("nik", "NIK sama"), ("person", "data diri mirip"), ("rule", "aturan")],
                max_length=6,
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                fields=("screening", "worker", "code", "entry"), name="check_once_per_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entry__isnull", True)),
                fields=("screening", "worker", "code"),
                name="rule_once_per_run",
            ),
        ),
    ]
