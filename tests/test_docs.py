"""The docs name what exists, and the commands they show are commands that tests run."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def page_name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_link_into_the_repository_leads_somewhere(page: Path) -> None:
    targets = [first or second for first, second in LINK.findall(page.read_text())]
    inside = [
        target.split("#")[0] for target in targets if not re.match(r"https?:|mailto:|#", target)
    ]
    assert [target for target in inside if not (page.parent / target).exists()] == []


def environment_names(text: str) -> set[str]:
    return set(re.findall(r"[\"'`]((?:SPENDO|CHATKIT|OPENAI)_[A-Z_]+|PORT)[\"'`]", text))


def test_every_variable_the_code_reads_is_documented() -> None:
    files = [*(ROOT / "spendo" / "backend").rglob("*.py"), ROOT / "scripts" / "serve.py"]
    reads = re.compile(r"(?:environ|getenv|_flag|_words)[^\n]*?[\"']([A-Z][A-Z_]+)[\"']")
    read = {
        name
        for file in files
        if "tests" not in file.relative_to(ROOT).parts
        for name in reads.findall(file.read_text())
    }
    assert {"SPENDO_DATA", "PORT", "SPENDO_ORIGINS"} <= read, "the search finds nothing"
    documented = (ROOT / "docs" / "reference" / "settings.md").read_text()
    missing = {name for name in read if f"`{name}`" not in documented}
    assert missing - {"DJANGO_SETTINGS_MODULE"} == set()


def test_every_build_variable_is_documented() -> None:
    source = ROOT / "spendo" / "frontend"
    files = [source / "vite.config.ts", *(source / "src").rglob("*.ts*")]
    read = {name for file in files for name in re.findall(r"\bVITE_[A-Z_]+\b", file.read_text())}
    documented = (ROOT / "docs" / "reference" / "settings.md").read_text()
    assert read
    assert {name for name in read if f"`{name}`" not in documented} == set()


def shell_commands(page: Path) -> list[str]:
    blocks = re.findall(r"^```(?:bash|sh)\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_the_makefile_has_every_word_the_docs_use() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    used = {
        word
        for page in PAGES
        for command in shell_commands(page)
        for word in re.findall(r"\bmake (\w+)", command)
    }
    assert {"run", "test"} <= used <= targets
