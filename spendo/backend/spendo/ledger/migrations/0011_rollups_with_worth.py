from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0010_rollups_by_account_and_scope"),
    ]

    operations = [
        migrations.AddField(
            model_name="rollup",
            name="first_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="rollup",
            name="last_day",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="rollup",
            name="worth_high",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="rollup",
            name="worth_in",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="rollup",
            name="worth_low",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
