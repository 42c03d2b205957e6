"""Two versions of the book -> what staff should read and do again, as Markdown."""

from collections.abc import Iterator

from handbook.book import Book
from handbook.items import Item
from handbook.review.dependencies import fact_digest, own_text
from handbook.review.differences import differences

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
    gone = {text: name for name, text in old.items() if name not in new}
    for name, text in new.items():
        if name not in old and text in gone:
            yield "", f"- 移动：{before.section_label(gone.pop(text))} → {now.section_label(name)}"
        elif name not in old:
            yield name.partition("#")[0], f"- 新增：{now.section_label(name)}"
        elif old[name] != text:
            yield name.partition("#")[0], f"- 改：{now.section_label(name)}：{_rewritten(old[name], text)}"
    for name in gone.values():
        yield name.partition("#")[0], f"- 删除：{before.section_label(name)}"


def _rewritten(before: str, after: str) -> str:
    """Return what differs between two views of a section; a heading that stayed need not be said."""
    old, new = before.partition("\n"), after.partition("\n")
    return differences(old[2], new[2]) if old[0] == new[0] else differences(before, after)


def _items(before: Book, now: Book) -> Iterator[tuple[str, str]]:
    """Yield the chapter's file and a line for each item that differs."""
    for name, entry in now.bank.by_id.items():
        old = before.bank.by_id.get(name)
        if old is None:
            yield entry.item.chapter, f"- 新增：{_asked(now, entry.item)}"
        elif before.seen(own_text(old.item)) != now.seen(own_text(entry.item)):
            yield entry.item.chapter, f"- 改：{_asked(now, entry.item)}"
    for name, entry in before.bank.by_id.items():
        if name not in now.bank.by_id:
            yield entry.item.chapter, f"- 停用：{_asked(before, entry.item)}"


def _asked(book: Book, item: Item) -> str:
    """Return the chapter and the stem, after how its case begins: many cases are asked the same."""
    case = " ".join(book.seen(item.stimulus or "").split())
    begins = f"“{case[:_SHOWN]}{'……' * (len(case) > _SHOWN)}”" if case else ""
    chapter = book.chapters.get(item.chapter)

    return f"{chapter.label if chapter else item.section} {begins}{' '.join(book.seen(item.asking).split())}"
