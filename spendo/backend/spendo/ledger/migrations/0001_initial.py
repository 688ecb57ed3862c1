import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import spendo.users.fields
import spendo.users.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "name_key",
                    spendo.users.fields.FoldedField(editable=False, max_length=360, source="name"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("expense", "Expense"),
                            ("income", "Income"),
                            ("transfer", "Transfer"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "name_key",
                    spendo.users.fields.FoldedField(editable=False, max_length=360, source="name"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("checking", "Checking"),
                            ("credit_card", "Credit Card"),
                            ("cash", "Cash"),
                            ("savings", "Savings"),
                            ("investment", "Investment"),
                            ("retirement", "Retirement"),
                            ("loan", "Loan"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3, validators=[spendo.users.validators.validate_currency]
                    ),
                ),
                ("opening_balance_minor", models.BigIntegerField(default=0)),
                ("opened_on", models.DateField()),
                ("hidden", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accounts",
                        to="ledger.institution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField()),
                ("amount_minor", models.BigIntegerField()),
                ("description", models.CharField(max_length=500)),
                ("merchant", models.CharField(blank=True, max_length=200)),
                (
                    "merchant_key",
                    spendo.users.fields.FoldedField(
                        blank=True, editable=False, max_length=600, source="merchant"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("posted", "Posted"), ("pending", "Pending")],
                        default="posted",
                        max_length=7,
                    ),
                ),
                ("hidden", models.BooleanField(default=False)),
                ("external_id", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transactions",
                        to="ledger.account",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="transactions",
                        to="ledger.category",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "inflow",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transfer_in",
                        to="ledger.transaction",
                    ),
                ),
                (
                    "outflow",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="transfer_out",
                        to="ledger.transaction",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                fields=("user", "name_key"), name="category_once_per_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["expense", "income", "transfer"])),
                name="category_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.UniqueConstraint(
                fields=("user", "name_key"), name="institution_once_per_user"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opening_balance_minor__gte", -999999999999999),
                    ("opening_balance_minor__lte", 999999999999999),
                ),
                name="account_opening_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "checking",
                            "credit_card",
                            "cash",
                            "savings",
                            "investment",
                            "retirement",
                            "loan",
                        ],
                    )
                ),
                name="account_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z][A-Z][A-Z]$")),
                name="account_currency_is_code",
            ),
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(fields=["user", "date", "id"], name="transaction_user_date"),
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(fields=["account", "date"], name="transaction_account_date"),
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(
                fields=["user", "category", "date"], name="transaction_user_category"
            ),
        ),
        migrations.AddIndex(
            model_name="transaction",
            index=models.Index(
                fields=["user", "merchant_key", "date"], name="transaction_user_merchant"
            ),
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("account", "external_id"),
                name="transaction_once_per_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_minor__gte", -999999999999999), ("amount_minor__lte", 999999999999999)
                ),
                name="transaction_amount_in_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["posted", "pending"])),
                name="transaction_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="transaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("date__gte", "1900-01-01")), name="transaction_date_since_1900"
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(("outflow", models.F("inflow")), _negated=True),
                name="transfer_between_two_transactions",
            ),
        ),
    ]
