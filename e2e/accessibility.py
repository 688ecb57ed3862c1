"""What axe says of a page, into the open shadow roots."""

import json
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
# Of what is right it need not say where it is: that is most of its work.
FIND = "within => axe.run(within, { resultTypes: ['violations'] })"


def accessibility_faults(page: Page, within: str = "html") -> list[str]:
    """`within` another selector than the whole page, rules about pages are left out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(FIND, within)
    return [
        f"{fault['id']}: {fault['help']} {json.dumps([node['target'] for node in fault['nodes']])}"
        for fault in found["violations"]
    ]
