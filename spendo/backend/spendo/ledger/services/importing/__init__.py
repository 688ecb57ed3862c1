"""Files of banks and other apps, into the ledger: first shown, then written, and taken back."""

from spendo.ledger.services.importing.files import commit_import, preview_import
from spendo.ledger.services.importing.reverting import revert_import
from spendo.ledger.services.importing.types import (
    ImportChoices,
    ImportPreview,
    ImportResult,
    JudgedRow,
    Progress,
    TargetAccount,
    Verdict,
)

__all__ = [
    "ImportChoices",
    "ImportPreview",
    "ImportResult",
    "JudgedRow",
    "Progress",
    "TargetAccount",
    "Verdict",
    "commit_import",
    "preview_import",
    "revert_import",
]
