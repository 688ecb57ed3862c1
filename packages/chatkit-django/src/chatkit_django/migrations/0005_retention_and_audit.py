import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatkit_django", "0004_sessions_and_limits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="archived_at",
            field=models.DateTimeField(blank=True, help_text="then no list shows it", null=True),
        ),
        migrations.CreateModel(
            name="AuditKey",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="chatkit_audit_key",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("token_issued", "Token Issued"),
                            ("exported", "Exported"),
                            ("erased", "Erased"),
                            ("refused_403", "Forbidden"),
                            ("refused_404", "Not Found"),
                            ("refused_429", "Limited"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "person",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="reference of the user, if known",
                        max_length=64,
                    ),
                ),
                (
                    "count",
                    models.BigIntegerField(
                        default=1, help_text="of refusals: so many in this hour so far"
                    ),
                ),
            ],
            options={"verbose_name_plural": "audit entries"},
        ),
    ]
