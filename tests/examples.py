"""The example of each item type, as the trainers' guide shows it, and a small handbook that answers all of them."""

import re
from pathlib import Path

from tests.conftest import write_files

from handbook.items import FOLDER, MODELS, TYPES
from handbook.reading.source import parsed

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
    said = _quoted()
    sections = "".join(
        f"\n## 小节 {anchor} {{ #{anchor} }}\n\n期限是 {named}，这里写着答案。{said.get(anchor, '')}\n"
        for anchor in anchors
    )

    return {
        "docs/chapters/complaints.md": f"# 投诉处理 {{ #complaints }}\n\n概述。\n{sections}",
        "docs/facts.yml": "facts:\n" + "".join(map(FACT.format, facts)),
        "docs/bank/complaints.yml": BANK,
    }


def _quoted() -> dict[str, str]:
    """Return, by anchor, sentences that hold the evidence of the examples."""
    said: dict[str, str] = {}
    for written in parsed(BANK, "examples.yml").data["items"]:
        for section, words in MODELS[written["type"]].model_validate(written).quoted:
            anchor = section.partition("#")[2]
            said[anchor] = f"{said.get(anchor, '')}{words.replace('…', '这样')}。"

    return said


def write_handbook(root: Path) -> None:
    """Write that handbook."""
    write_files(root, {"mkdocs.yml": "site_name: x\n", **files()})
