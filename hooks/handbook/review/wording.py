"""An item, a fact, a law -> its digest, which changes with all that a reader of it is told, and its text for a person to read.

Both hold facts as `{{ id }}`. What is read of sections and sentences is known to `content.views` and `content.quotations`.
"""

from handbook.content.facts import STATUSES, Fact
from handbook.content.lookup import Law
from handbook.items import LEVELS, Item
from handbook.reading.digests import digest

_DAYS = {"calendar": "自然日", "working": "工作日", None: ""}


def own_digest(item: Item) -> str:
    """Return the digest of all that a reviewer of an item reads; the order of options does not count."""
    note = [item.source_note] if item.source_note else []
    return digest(item.type, item.stimulus or "", item.stem, *item.reviewed(), *note)


def own_text(item: Item) -> str:
    """Return an item as lines for a person to read."""
    lines = [f"{item.label}（{LEVELS[item.level]}，{item.hint}）", item.stimulus or "", f"题干：{item.stem}"]
    for part in item.explained([one.name for one in item.offered()]):
        key = "（答案）" if part.is_key else ""
        lines += [f"{part.mark} {part.text}{key}".strip(), f"　解析：{part.rationale}"]
    if item.self_assessed:
        lines += [f"参考答案：{item.answer()}"]
        lines += [f"采分点：{one.criterion}（{one.points} 分）" for one in item.criteria()]
    lines += [f"与来源试卷的差别：{item.source_note}"] if item.source_note else []

    return "\n".join(line for line in lines if line.strip())


def fact_digest(fact: Fact) -> str:
    """Return a digest of all that a reader of the table of facts is told, but for the date of checking."""
    return digest(fact.title, fact.value, fact.days or "", fact.basis, fact.status, fact.note or "")


def fact_text(fact: Fact) -> str:
    """Return a fact as lines for a person to read."""
    days = f"（{_DAYS[fact.days]}）" if fact.days else ""
    lines = [f"{fact.title}：{fact.value}{days}", f"依据：{fact.basis}（{STATUSES[fact.status]}）", fact.note or ""]

    return "\n".join(filter(None, lines))


def law_digest(law: Law) -> str:
    """Return a digest of all that readers are told of a law."""
    return digest(*law.names, law.number or "", law.since, law.status, law.note or "")


def law_text(law: Law) -> str:
    """Return a law as lines for a person to read."""
    number = f"（{law.number}）" if law.number else ""
    return "\n".join(
        filter(None, [f"{law.name}{number}", f"施行：{law.since}（{STATUSES[law.status]}）", law.note or ""])
    )
