from django.db import migrations, models

_SURE = 0.99  # from here on a match was shown as almost certainly the same person


def band_by_probability(apps, schema_editor):
    """Matches of before fall in the band in which they were shown."""
    apps.get_model("lists", "Match").objects.filter(probability__gte=_SURE).update(band="same")


class Migration(migrations.Migration):
    dependencies = [("lists", "0003_bulk_tables")]

    operations = [
        migrations.AddField(
            model_name="match",
            name="band",
            field=models.CharField(
                choices=[("same", "Hampir pasti sama"), ("review", "Perlu dilihat")],
                default="review",
                max_length=6,
                verbose_name="golongan",
            ),
        ),
        migrations.AddField(
            model_name="match",
            name="why",
            field=models.TextField(blank=True, default="", verbose_name="sebab"),
            preserve_default=False,
        ),
        migrations.RunPython(band_by_probability, migrations.RunPython.noop),
    ]
