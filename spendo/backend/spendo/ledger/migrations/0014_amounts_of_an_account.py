from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0013_totals")]

    operations = [
        migrations.RemoveIndex(model_name="transaction", name="transaction_account_date"),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(
                fields=["account", "date", "amount_minor"], name="transaction_account_amounts"
            ),
        ),
    ]
