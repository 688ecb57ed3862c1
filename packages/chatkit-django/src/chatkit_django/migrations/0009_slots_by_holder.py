from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatkit_django", "0008_run_events"),
    ]

    operations = [
        migrations.AlterField(
            model_name="responseslot",
            name="ends_at",
            field=models.BigIntegerField(help_text="when it is free although not freed"),
        ),
        migrations.AddIndex(
            model_name="responseslot",
            index=models.Index(fields=["holder"], name="chatkit_slot_holder"),
        ),
    ]
