import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatkit_django", "0007_pages_skip_nothing"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="stop_requested",
            field=models.BooleanField(
                db_default=False, default=False, help_text="whoever runs it is to stop it"
            ),
        ),
        migrations.CreateModel(
            name="RunEvents",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.BigIntegerField(help_text="number of the first event")),
                ("last", models.BigIntegerField(help_text="number of the last event")),
                (
                    "ended",
                    models.BooleanField(default=False, help_text="no event comes after these"),
                ),
                ("frames", models.TextField(help_text="as they go over the wire")),
                (
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="chatkit_django.run",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "run events",
                "constraints": [
                    models.UniqueConstraint(fields=("run", "last"), name="chatkit_run_events")
                ],
            },
        ),
    ]
