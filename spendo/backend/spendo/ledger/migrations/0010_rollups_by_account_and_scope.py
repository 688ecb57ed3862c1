from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0009_import_headers")]

    operations = [
        migrations.RemoveIndex(model_name="rollup", name="rollup_account_piece"),
        migrations.AddIndex(
            model_name="rollup",
            index=models.Index(
                fields=["account_id", "scope", "piece"], name="rollup_account_scope_piece"
            ),
        ),
    ]
