from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0005_one_index_of_niks"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="one_row_of_name_rules"
                    )
                ],
            },
        ),
    ]
