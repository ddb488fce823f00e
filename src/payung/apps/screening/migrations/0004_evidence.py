from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_by_person")]

    operations = [
        migrations.AddField(
            model_name="check",
            name="evidence",
            field=models.JSONField(default=list, verbose_name="bukti"),
        ),
    ]
