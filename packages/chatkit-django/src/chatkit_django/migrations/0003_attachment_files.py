import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chatkit_django", "0002_feedback")]

    operations = [
        migrations.AlterField(
            model_name="attachment",
            name="thread",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attachments",
                to="chatkit_django.thread",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="message_id",
            field=models.CharField(blank=True, default="", max_length=128),
        ),
        migrations.AddField(
            model_name="attachment",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Pending"),
                    ("uploaded", "Uploaded"),
                    ("attached", "Attached"),
                ],
                default="uploaded",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="size",
            field=models.BigIntegerField(default=0, help_text="bytes; 0 until they are here"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="content_type",
            field=models.CharField(
                blank=True,
                default="",
                help_text="told by the bytes, not by the client",
                max_length=127,
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="uploaded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attachment",
            name="attached_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["state", "created_at"], name="chatkit_attachment_age"),
        ),
        migrations.CreateModel(
            name="AttachmentFile",
            fields=[
                (
                    "name",
                    models.CharField(
                        help_text="in the storage",
                        max_length=255,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("original", "Original"), ("preview", "Preview")], max_length=16
                    ),
                ),
                ("content_type", models.CharField(max_length=127)),
                ("size", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
                ("linked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "attachment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="files",
                        to="chatkit_django.attachment",
                    ),
                ),
            ],
        ),
    ]
