"""What a person said of items -> the lock, the store of what was read, and the log, written together or not at all."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from handbook.bank.lock import lock_file
from handbook.bank.reviewed import VERDICTS, Review, log_file, texts_file
from handbook.bank.stamps import Key, Stamp, is_name
from handbook.book import Book
from handbook.files import write_together
from handbook.problems import Problem, Refusal, Unreadable
from handbook.reading.merging import RESOLVE
from handbook.reading.source import parsed, read_text
from handbook.reading.validation import Identifier, Model, Text, validated
from handbook.review.dependencies import dependencies
from handbook.review.history import authors
from handbook.review.sync import stamped

NAME_MEND = "请写一行 40 字以内的姓名，不带顿号和 #，也不能是 initial"


FORMAT = "handbook-review-1"
"""What a file of decisions says it is."""
if TYPE_CHECKING:
    Verdict = str
    Format = str
else:
    Verdict, Format = Literal[tuple(VERDICTS)], Literal[FORMAT]


class Decision(Model):
    """What a reviewer decided of one item, having seen the things in `saw`, by digest."""

    item: Identifier
    verdict: Verdict
    comment: str = ""
    saw: dict[Text, Text]


class Decisions(Model):
    """The file that the review desk saves."""

    format: Format
    reviewer: Text
    date: Text
    decisions: list[Decision]


def read_decisions(path: Path, shown: str, today: date = date.max) -> Decisions:
    """Return a file of decisions; raise Unreadable or Refusal when it is none, or dated later than `today`."""
    text = read_text(path, shown)
    try:
        document = parsed(text, shown)
    except Unreadable as unreadable:
        raise Refusal(_damaged(shown, unreadable.problems[0].line)) from None
    if not (isinstance(document.data, dict) and "format" in document.data):
        raise Refusal(_damaged(shown, 1))
    found = validated(Decisions, document, (), "复核决定文件")
    if not found:
        raise Refusal(*document.problems)
    if not is_name(found.reviewer):
        raise Refusal(document.problem(("reviewer",), f"复核人的名字 '{found.reviewer}' 用不了", NAME_MEND))
    if not _is_day(found.date):
        raise Refusal(document.problem(("date",), f"没有 '{found.date}' 这一天", "请写成 2026-01-31 这样"))
    if date.fromisoformat(found.date) > today:
        mend = "请检查复核人电脑的日期，再保存一次"
        raise Refusal(document.problem(("date",), f"复核日期 {found.date} 还没有到", mend))

    return found


def _damaged(shown: str, line: int) -> Problem:
    return Problem(shown, line, "这不是复核页保存的决定文件，或者它损坏了", "请在复核页里重新保存")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def applied(book: Book, decisions: Decisions, shown: str) -> tuple[list[Review], list[Problem]]:
    """Return the reviews that still speak of the book as it is, and why others do not."""
    reviews, refused = list[Review](), list[Problem]()
    day = date.fromisoformat(decisions.date)
    for decision in decisions.decisions:
        entry = book.bank.by_id.get(decision.item)
        if not entry:
            refused.append(Problem(shown, 1, f"题库里已经没有题目 '{decision.item}'", "这一条决定没有记下"))
            continue
        now = {str(one.key): one for one in dependencies(book, entry.item)}
        since = [name for name, digest in decision.saw.items() if name not in now or now[name].digest != digest]
        if since:
            what = f"的{'、'.join(Key.read(name).said for name in since)} 在复核之后又改过"
            refused.append(entry.problem(what, "这一条决定没有记下，请重新运行 `handbook review` 再读一遍"))
            continue
        said = decision.verdict, day, decisions.reviewer, decision.comment, decision.saw
        reviews.append(Review(decision.item, *said))

    return reviews, refused


def refuse_authors(book: Book, reviews: Sequence[Review]) -> None:
    """Raise Refusal when a reviewer wrote an item themselves and the settings do not allow that."""
    if not book.settings.options.review.not_author:
        return
    own = [review for review in reviews if review.reviewer in _authors(book, review.item)]
    mend = "请换一位复核人"
    problems = [book.bank.by_id[one.item].problem(f"是 {one.reviewer} 自己写的，不能由本人复核", mend) for one in own]
    if problems:
        raise Refusal(*problems)


def _authors(book: Book, item: str) -> set[str]:
    entry = book.bank.by_id[item]
    lines = [other.line() for other in book.bank.entries if other.path == entry.path]
    after = min((line for line in lines if line > entry.line()), default=None)

    return authors(book.settings.root, entry.path, entry.line(), after - 1 if after else None)


def record(book: Book, reviews: Sequence[Review], gone: Iterable[str] = ()) -> None:
    """Write stamps for what was found to hold, the log, and all texts that stamps speak of.

    `gone` are items whose stamps go. Raises Refusal when somebody may not review or when what is kept is damaged,
    Unwritable when files cannot be written; all files are as they were then.
    """
    refuse_authors(book, reviews)
    log = {str(review): review for review in (*book.reviewed.log, *reviews)}.values()
    _write(book, stamped(book, reviews, set(gone)), log)


def pruned(book: Book) -> int:
    """Forget the texts that no stamp speaks of; return how many those were."""
    stamps = stamped(book, (), set())
    _write(book, stamps, book.reviewed.log, prune=True)

    return len(book.reviewed.texts.keys() - {stamp.digest for stamp in stamps})


def _refuse_damaged(book: Book) -> None:
    """Raise Refusal with the lines that would be lost; what a merge has left is not."""
    files = set(map(book.settings.shown, book.settings.records))
    if lost := [problem for problem in book.problems if problem.path in files and problem.mend != RESOLVE]:
        raise Refusal(*lost)


def _write(book: Book, stamps: Sequence[Stamp], log: Iterable[Review], *, prune: bool = False) -> None:
    _refuse_damaged(book)
    spoken_of = {stamp.digest for stamp in stamps}
    now = {one.digest: one.text for item in book.bank.items for one in dependencies(book, item)}
    texts = {digest: text for digest, text in {**book.reviewed.texts, **now}.items() if digest in spoken_of}
    kept = texts if prune else {**book.reviewed.texts, **texts}
    settings = book.settings
    files = {settings.lock: lock_file(stamps), settings.reviewed: texts_file(kept), settings.review_log: log_file(log)}
    write_together(settings.bank, {path.name: content for path, content in files.items()})
