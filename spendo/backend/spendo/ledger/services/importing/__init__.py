"""Files of banks and other apps, into the ledger: first shown, then written, and taken back."""

from spendo.ledger.services.importing.choices import choices_from
from spendo.ledger.services.importing.drafts import (
    ASKING,
    MAX_DRAFT_BYTES,
    asked_account,
    choose,
    commit_draft,
    drop_draft,
    drop_expired,
    find_draft,
    keep_draft,
    preview_draft,
)
from spendo.ledger.services.importing.files import commit_import, preview_import
from spendo.ledger.services.importing.headers import change_header, forget_header
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
    "ASKING",
    "MAX_DRAFT_BYTES",
    "ImportChoices",
    "ImportPreview",
    "ImportResult",
    "JudgedRow",
    "Progress",
    "TargetAccount",
    "Verdict",
    "asked_account",
    "change_header",
    "choices_from",
    "choose",
    "commit_draft",
    "commit_import",
    "drop_draft",
    "drop_expired",
    "find_draft",
    "forget_header",
    "keep_draft",
    "preview_draft",
    "preview_import",
    "revert_import",
]
