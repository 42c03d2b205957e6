"""Two versions of the book -> what staff should read and do again, as Markdown."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from handbook.book import Book
from handbook.items import Item
from handbook.review.differences import differences
from handbook.review.wording import fact_digest, own_text

_LIKE = 0.6
"""How much of a section's text must be left for it to be the same section elsewhere."""
_SHOWN = 24
"""How many letters of a case tell it from another."""


def report(before: Book, now: Book, revision: str) -> str:
    """Return the sections, facts and items that changed, and the quizzes to redo."""
    sections, items = list(_sections(before, now)), list(_items(before, now))
    lines = [f"# 自 {revision} 以来的修订", ""]
    for title, entries in (
        ("时限、金额与承诺", list(_facts(before, now))),
        ("小节", [text for _, text in sections]),
        ("题目", [text for _, text in items]),
    ):
        lines += [f"## {title}", "", *(entries or ["- 没有变化"]), ""]
    touched = {page for page, _ in [*sections, *items]}
    redo = [f"- {c.label} {c.page.title}" for name, c in now.chapters.items() if name in touched and now.quiz_of(name)]
    lines += ["## 请重做这些自测", "", *(redo or ["- 不需要"]), ""]

    return "\n".join(lines)


def _facts(before: Book, now: Book) -> Iterator[str]:
    for name in sorted(before.facts.keys() | now.facts.keys()):
        old, new = before.facts.get(name), now.facts.get(name)
        if old and new and fact_digest(old) != fact_digest(new):
            value = f"{old.value} → {new.value}" if old.value != new.value else new.value
            basis = f"依据改为{new.basis}" if old.basis != new.basis else f"依据{new.basis}"
            yield f"- 改：{new.title}：{value}（{basis}）"
        elif new and not old:
            yield f"- 新增：{new.title}：{new.value}（依据{new.basis}）"
        elif old and not new:
            yield f"- 删除：{old.title}"


def _sections(before: Book, now: Book) -> Iterator[tuple[str, str]]:
    """Yield the chapter's file and a line for each section that differs; of one that only moved nobody has to read again."""
    old, new = ({name: book.seen(view.text) for name, view in book.views.items()} for book in (before, now))
    moved = _moved({name: old[name] for name in old if name not in new}, {n: new[n] for n in new if n not in old})
    for name, text in new.items():
        was = name if name in old else moved.get(name)
        labels = dict.fromkeys([before.section_label(was), now.section_label(name)]) if was else {}
        if was is None:
            yield name.partition("#")[0], f"- 新增：{now.section_label(name)}"
        elif old[was] != text:
            yield name.partition("#")[0], f"- 改：{' → '.join(labels)}：{_rewritten(old[was], text)}"
        elif len(labels) > 1 and was != name:
            yield "", f"- 移动：{' → '.join(labels)}"
    for name in (name for name in old if name not in new and name not in moved.values()):
        yield name.partition("#")[0], f"- 删除：{before.section_label(name)}"


def _rewritten(before: str, after: str) -> str:
    """Return what differs, without the heading, or its level, where they are the same."""
    for sign in ("\n", " "):
        (old, _, left), (new, _, right) = before.partition(sign), after.partition(sign)
        if old == new:
            return differences(left, right)

    return differences(before, after)


def _moved(gone: dict[str, str], come: dict[str, str]) -> dict[str, str]:
    """Return what sections that have come were called before: the same text, or else the one most like it."""
    found: dict[str, str] = {}
    for least in (1.0, _LIKE):
        for name, text in come.items():
            left = {was: _likeness(gone[was], text) for was in gone if was not in found.values()}
            was = max(left, key=lambda one: left[one], default="")
            if name not in found and was and left[was] >= least:
                found[name] = was

    return found


def _likeness(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _items(before: Book, now: Book) -> Iterator[tuple[str, str]]:
    """Yield the chapter's file and a line for each item that differs."""
    for name, entry in now.bank.by_id.items():
        known = (before.bank.by_id.get(one) for one in (name, *entry.item.formerly))
        old = next(filter(None, known), None)
        if old is None:
            yield entry.item.chapter, f"- 新增：{_asked(now, entry.item)}"
        elif before.seen(own_text(old.item)) != now.seen(own_text(entry.item)):
            yield entry.item.chapter, f"- 改：{_asked(now, entry.item)}"
    for name, entry in before.bank.by_id.items():
        if not now.bank.named(name):
            yield entry.item.chapter, f"- 停用：{_asked(before, entry.item)}"


def _asked(book: Book, item: Item) -> str:
    """Return the chapter and the stem, after how its case begins: many cases are asked the same."""
    case = " ".join(book.seen(item.stimulus or "").split())
    begins = f"“{case[:_SHOWN]}{'……' * (len(case) > _SHOWN)}”" if case else ""
    chapter = book.chapters.get(item.chapter)

    return f"{chapter.label if chapter else item.section} {begins}{' '.join(book.seen(item.asking).split())}"
