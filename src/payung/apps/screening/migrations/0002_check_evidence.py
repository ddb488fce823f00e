from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="check",
            name="probability",
            field=models.FloatField(null=True, verbose_name="kemungkinan"),
        ),
        migrations.AddField(
            model_name="check",
            name="why",
            field=models.TextField(blank=True, default="", verbose_name="sebab"),
            preserve_default=False,
        ),
    ]
