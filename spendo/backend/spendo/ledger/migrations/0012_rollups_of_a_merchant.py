from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0011_rollups_with_worth")]

    operations = [
        migrations.RemoveIndex(model_name="rollup", name="rollup_user_piece"),
        migrations.AddIndex(
            model_name="rollup",
            index=models.Index(
                fields=["user_id", "scope", "piece", "merchant_key"],
                name="rollup_user_piece_merchant",
            ),
        ),
    ]
