"""A record + the book as it is now -> the same forms again, or every item that has changed since; and where items were used.

Knows nothing of files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from handbook.book import Book
from handbook.exams.forms import ExamForm, Part, Place
from handbook.items import revision
from handbook.papers.records import Record, RecordedForm, RecordedItem, printed_text
from handbook.problems import Problem, Refusal


class Altered(Refusal):
    """The papers of a record can no longer be printed, for their items have changed."""


class Since(StrEnum):
    """What has become of an item since it was printed."""

    SAME = "出卷之后没有改过"
    PRINT = "出卷之后改过解析、标点、引用的事实或所依据的章节名"
    SCORE = "出卷之后改过题干、选项、答案或评分标准"
    GONE = "已经不在题库里"


@dataclass(frozen=True)
class Use:
    """One place of an item in a record, and what has become of the item."""

    form: RecordedForm
    item: RecordedItem
    since: Since


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
    for form in record.forms:
        for used in form.items:
            if used.id == item:
                yield Use(form, used, _since(book, used))


def _since(book: Book, used: RecordedItem) -> Since:
    entry = book.bank.by_id.get(used.id)
    if entry is None:
        return Since.GONE
    if revision(entry.item, book.seen) != used.revision:
        return Since.SCORE
    return Since.SAME if printed_text(book, entry.item) == used.text else Since.PRINT


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
            since = _since(book, used)
            if since is Since.GONE:
                yield Problem(shown, 1, f"题目 '{used.id}' {since}", again)
            elif since is not Since.SAME:
                yield book.bank.by_id[used.id].problem(f"在{since}", again)


def _way_back(record: Record) -> str:
    """Return how to print a record whose items have changed since."""
    if record.commit and not record.commit.endswith("+"):
        short = record.commit[:10]
        return f"请在出卷时的版本里重印（`git worktree add ../handbook-{short} {short}`），或重新出卷"
    return "出卷时的版本没有留在 git 历史里，请重新出卷"
