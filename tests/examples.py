"""The example of each item type, as the trainers' guide shows it, and a small handbook that answers all of them."""

import re
from pathlib import Path

from tests.conftest import write_files

from handbook.items import FOLDER, TYPES

TEXTS = {name: (FOLDER / name / "example.yml").read_text(encoding="utf-8") for name in TYPES}
BANK = "items:\n" + "\n".join(TEXTS.values())
FACT = """\
  {}:
    topic: 期限
    title: 期限
    value: 15日
    days: calendar
    basis: 《办法》第1条
    status: law
    checked: 2026-01-01
"""


def files() -> dict[str, str]:
    """Return the files of a handbook, under its root: one chapter, the facts, and the examples as its bank."""
    anchors = dict.fromkeys(re.findall(r"section: complaints\.md#([a-z-]+)", BANK))
    facts = dict.fromkeys(re.findall(r"\{\{ ([a-z-]+) \}\}", BANK))
    named = "、".join(f"{{{{ {fact} }}}}" for fact in facts)
    sections = "".join(f"\n## 小节 {anchor} {{ #{anchor} }}\n\n期限是 {named}，这里写着答案。\n" for anchor in anchors)

    return {
        "docs/chapters/complaints.md": f"# 投诉处理 {{ #complaints }}\n\n概述。\n{sections}",
        "docs/facts.yml": "facts:\n" + "".join(map(FACT.format, facts)),
        "docs/bank/complaints.yml": BANK,
    }


def write_handbook(root: Path) -> None:
    """Write that handbook."""
    write_files(root, {"mkdocs.yml": "site_name: x\n", **files()})
