import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chatkit_django", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="titled_by_user",
            field=models.BooleanField(default=False, help_text="then no answer changes the title"),
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("positive", "positive"), ("negative", "negative")], max_length=8
                    ),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="chatkit_django.threaditem",
                    ),
                ),
            ],
            options={"verbose_name_plural": "feedback"},
        ),
    ]
