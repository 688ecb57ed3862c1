"""Descriptions and notes in folded form, so that a text is found in any case on every database."""

from typing import Any

from django.db import migrations

from spendo.users.fields import FoldedField, fold

_BLOCK = 1000


def fold_what_is_there(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("ledger", "Transaction").objects.order_by("pk")
    last = 0
    while block := list(rows.filter(pk__gt=last).only("description", "note")[:_BLOCK]):
        for row in block:
            row.description_key, row.note_key = fold(row.description)[:6000], fold(row.note)[:3000]
        rows.bulk_update(block, ["description_key", "note_key"])
        last = block[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_append_only_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="transaction",
            name="description_key",
            field=FoldedField(default="", editable=False, max_length=6000, source="description"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="transaction",
            name="note_key",
            field=FoldedField(
                blank=True, default="", editable=False, max_length=3000, source="note"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fold_what_is_there, migrations.RunPython.noop, elidable=True),
    ]
