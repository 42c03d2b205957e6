"""A record + the book as it is now -> the same forms again, or every item that has changed since; and where items were used.

Knows nothing of files.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.book import Book
from handbook.exams.forms import ExamForm, Part, Place
from handbook.exams.records import Record, RecordedForm, RecordedItem, printed_text
from handbook.items import revision
from handbook.problems import Problem, Refusal


class Altered(Refusal):
    """The papers of a record can no longer be printed, for their items have changed."""


@dataclass(frozen=True)
class Use:
    """One place of an item in a record, and whether the item is still what it was; None when it is in no bank."""

    form: RecordedForm
    item: RecordedItem
    unchanged: bool | None


def restored(book: Book, record: Record, shown: str) -> list[ExamForm]:
    """Return the forms of a record; raise Altered with one problem for each item that is not what it was."""
    problems = list(dict.fromkeys(_alterations(book, record, shown)))
    if problems:
        raise Altered(*problems)

    return [
        ExamForm(record.blueprint_id, record.blueprint, form.letter, _parts(book, record, form))
        for form in record.forms
    ]


def uses(book: Book, item: str, record: Record) -> Iterator[Use]:
    """Yield every place of an item in a record, form by form."""
    entry = book.bank.by_id.get(item)
    now = revision(entry.item, book.seen) if entry else None
    for form in record.forms:
        for used in form.items:
            if used.id == item:
                yield Use(form, used, used.revision == now if entry else None)


def _parts(book: Book, record: Record, form: RecordedForm) -> tuple[Part, ...]:
    rest = iter(form.items)
    return tuple(
        Part(plan, tuple(_place(book, next(rest)) for _ in range(plan.count))) for plan in record.blueprint.parts
    )


def _place(book: Book, used: RecordedItem) -> Place:
    return Place(book.bank.by_id[used.id].item, used.points, used.options)


def _alterations(book: Book, record: Record, shown: str) -> Iterator[Problem]:
    again = _way_back(record)
    for form in record.forms:
        for used in form.items:
            entry = book.bank.by_id.get(used.id)
            if entry is None:
                yield Problem(shown, 1, f"题目 '{used.id}' 已经不在题库里", again)
            elif revision(entry.item, book.seen) != used.revision:
                yield entry.problem("在出卷之后改过题干、选项、答案或评分标准", again)
            elif printed_text(book, entry.item) != used.text:
                yield entry.problem("在出卷之后改过解析、标点、引用的事实或所依据的章节名", again)


def _way_back(record: Record) -> str:
    """Return how to print a record whose items have changed since."""
    if record.commit and not record.commit.endswith("+"):
        short = record.commit[:10]
        return f"请在出卷时的版本里重印（`git worktree add ../handbook-{short} {short}`），或重新出卷"
    return "出卷时的版本没有留在 git 历史里，请重新出卷"
