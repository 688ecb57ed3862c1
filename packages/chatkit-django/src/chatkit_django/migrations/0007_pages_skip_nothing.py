from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatkit_django", "0006_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True)),
                fields=["owner", "created_at", "id"],
                name="chatkit_listed_thread",
            ),
        ),
        migrations.AddIndex(
            model_name="threaditem",
            index=models.Index(
                condition=models.Q(("hidden", False)),
                fields=["thread", "position"],
                name="chatkit_shown_item",
            ),
        ),
    ]
