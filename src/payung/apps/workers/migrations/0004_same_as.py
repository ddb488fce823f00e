import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workers", "0003_bulk_tables")]

    operations = [
        migrations.AddField(
            model_name="worker",
            name="same_as",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Orang yang sama, yang datanya dipakai seterusnya.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aliases",
                to="workers.worker",
            ),
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=models.CheckConstraint(
                condition=models.Q(("same_as", models.F("id")), _negated=True),
                name="worker_is_not_own_alias",
            ),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(
                condition=models.Q(("same_as__isnull", False)),
                fields=["same_as"],
                name="worker_same_as",
            ),
        ),
    ]
