"""The cause beside the sentence; of rows written before, told once from how the sentence begins."""

from django.db import migrations, models

CAUSES = {
    "doubtful": "masih perlu dipastikan dalam penyaringan",
    "double": "mungkin orang yang sama dengan",
    "given_up": "dilepas dari rencana sebelumnya",
}


def tell(apps, schema_editor):
    rows = apps.get_model("funding", "LeftOut").objects
    for cause, beginning in CAUSES.items():
        rows.filter(reason__startswith=beginning).update(cause=cause)


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="leftout",
            name="cause",
            field=models.CharField(
                choices=[
                    ("plan", "Dana atau aturan rencana"),
                    ("doubtful", "Masih perlu dipastikan"),
                    ("double", "Mungkin orang yang sama"),
                    ("given_up", "Dilepas dari rencana sebelumnya"),
                ],
                default="plan",
                max_length=8,
                verbose_name="sebab",
            ),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="leftout",
            constraint=models.CheckConstraint(
                condition=models.Q(cause__in=["plan", "doubtful", "double", "given_up"]),
                name="left_out_cause_known",
            ),
        ),
    ]
