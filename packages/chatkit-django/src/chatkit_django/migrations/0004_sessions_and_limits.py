import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatkit_django", "0003_attachment_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionToken",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "sign_in",
                    models.CharField(help_text="changes with the user's password", max_length=64),
                ),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chatkit_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LimitCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="a keyed hash of the user or address", max_length=64
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("ends_at", models.BigIntegerField(db_index=True)),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "kind"), name="chatkit_limit_counter"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponseSlot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        help_text="a keyed hash of the user or address", max_length=64
                    ),
                ),
                ("number", models.IntegerField()),
                ("holder", models.CharField(max_length=32)),
                (
                    "ends_at",
                    models.BigIntegerField(
                        db_index=True, help_text="when it is free although not freed"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "number"), name="chatkit_response_slot"
                    )
                ],
            },
        ),
    ]
