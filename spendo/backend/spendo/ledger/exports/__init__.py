"""The whole ledger of a user, out: as JSON to the last detail, and as a table."""

from spendo.ledger.exports.as_csv import csv_pieces
from spendo.ledger.exports.as_json import FORMAT, VERSION, json_pieces
from spendo.ledger.exports.snapshot import snapshot
from spendo.ledger.exports.tables import ExportedTable, all_tables, register

__all__ = [
    "FORMAT",
    "VERSION",
    "ExportedTable",
    "all_tables",
    "csv_pieces",
    "json_pieces",
    "register",
    "snapshot",
]
