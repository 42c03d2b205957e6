"""A record + the book as it is now -> the same forms again, or every item that has changed since; and where items were used.

Knows nothing of files.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from handbook.book import Book
from handbook.exams.forms import ExamForm, Part, Place
from handbook.items import revision
from handbook.papers.records import Record, RecordedForm, RecordedItem, printed_text
from handbook.problems import Problem, Refusal


class Since(StrEnum):
    """What has become of an item since it was printed."""

    SAME = "出卷之后没有改过"
    PRINT = "出卷之后改过解析、标点、引用的事实或所依据的章节名"
    SCORE = "出卷之后改过题干、选项、答案或评分标准"
    GONE = "已经不在题库里"


class Use(NamedTuple):
    """One place of an item in a record, and what has become of the item."""

    form: RecordedForm
    item: RecordedItem
    since: Since


def restored(book: Book, record: Record, shown: str) -> list[ExamForm]:
    """Return the forms of a record; raise Refusal with one problem for each item that is not what it was."""
    problems = list(dict.fromkeys(_alterations(book, record, shown)))
    if problems:
        raise Refusal(*problems)

    return [
        ExamForm(record.blueprint_id, record.blueprint, form.letter, _parts(book, record, form))
        for form in record.forms
    ]


def uses(book: Book, record: Record, item: str | None = None) -> Iterator[Use]:
    """Yield every place of an item in a record, or of all its items, form by form; the record may know it by a former id."""
    entry = book.bank.named(item) if item else None
    names = {entry.item.id, *entry.item.formerly} if entry else {item}
    for form in record.forms:
        for used in form.items:
            if item is None or used.id in names:
                yield Use(form, used, _since(book, used))


def _since(book: Book, used: RecordedItem) -> Since:
    entry = book.bank.named(used.id)
    if entry is None:
        return Since.GONE
    if revision(entry.item, book.seen) != used.revision:
        return Since.SCORE
    return Since.SAME if printed_text(book, entry.item) == used.text else Since.PRINT


def _parts(book: Book, record: Record, form: RecordedForm) -> tuple[Part, ...]:
    entries = (book.bank.named(used.id) for used in form.items)
    places = (Place(e.item, used.points, used.options) for e, used in zip(entries, form.items, strict=True) if e)
    return tuple(Part(plan, tuple(islice(places, plan.count))) for plan in record.blueprint.parts)


def _alterations(book: Book, record: Record, shown: str) -> Iterator[Problem]:
    again = _way_back(record)
    for use in uses(book, record):
        entry = book.bank.named(use.item.id)
        if not entry:
            yield Problem(shown, 1, f"题目 '{use.item.id}' {use.since}", again)
        elif use.since is not Since.SAME:
            yield entry.problem(f"在{use.since}", again)


def _way_back(record: Record) -> str:
    """Return how to print a record whose items have changed since."""
    if record.commit and not record.commit.endswith("+"):
        short = record.commit[:10]
        return f"请在出卷时的版本里重印（`git worktree add ../handbook-{short} {short}`），或重新出卷"
    return "出卷时的版本没有留在 git 历史里，请重新出卷"
