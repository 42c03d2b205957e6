"""What is out of step with what was read -> problems where they can be mended, direct ones by item, others by cause."""

from collections.abc import Iterator

from handbook.bank.stamps import Key
from handbook.book import Book
from handbook.problems import Problem
from handbook.review.sync import Cause, Standing, State, causes, standings


def problems(book: Book) -> Iterator[Problem]:
    """Has every item been read since it, or what it rests on, last changed?"""
    found = list(standings(book))
    for standing in found:
        yield from _problems(standing)
    for cause in causes(found):
        names = "、".join(standing.entry.item.id for standing in cause.standings)
        said = f"{cause.change.said}{' 改过' if cause.change.before else ''}"
        what = f"{said}，{len(cause.standings)} 道题要确认还成立：{names}"
        mend = "请运行 `handbook review`，在打开的网页里读过后决定"
        yield Problem(*place(book, cause), what, mend, warning=True)
    yield from left_over(book)


def left_over(book: Book) -> Iterator[Problem]:
    """Yield the stamps of items that are gone."""
    for name in sorted(book.lock.items - book.bank.by_id.keys()):
        what, mend = f"题库里已经没有题目 '{name}'", f"请运行 `handbook sync --update {name}` 删掉它的记录"
        yield Problem(book.lock.path, book.lock.lines[name], what, mend, warning=True)


def _problems(standing: Standing) -> Iterator[Problem]:
    entry, name = standing.entry, standing.entry.item.id
    if standing.state is State.STALE and standing.last:
        what = f"待复核：{standing.reason} 在 {standing.last.date} 复核之后改过"
        mend = f"请运行 `handbook review` 看改动，或读过后运行 `handbook sync --update {name} --reviewer 姓名`"
        yield entry.problem(what, mend, warning=True)
    elif standing.state is State.NEW:
        mend = f"请对照 '{entry.item.section}' 读一遍，再运行 `handbook sync --update {name} --reviewer 姓名`"
        yield entry.problem("还没有复核过", mend, warning=True)
    elif standing.state is State.SECOND:
        yield entry.problem("用到法定时限，还要第二个人复核", "请另一位复核人运行 `handbook review`", warning=True)


def place(book: Book, cause: Cause) -> tuple[str, int]:
    """Return the file and the line of what has changed around items; of a private bank, the first item that rests on it."""
    kind, name = cause.change.key
    first = cause.standings[0].entry
    if book.public:
        return first.path, first.line("section")
    if name in book.sections:
        return book.settings.chapter_path(name.partition("#")[0]), book.sections[name].line
    if kind == "fact" and name in book.facts:
        return book.facts.place(name)
    laws = {Key.of("law", law.name): number for number, law in book.laws.items()}
    if cause.change.key in laws:
        return book.laws.place(laws[cause.change.key])
    terms = {Key.of("term", word): word for word in book.terms}
    if cause.change.key in terms:
        return book.terms.place(terms[cause.change.key])

    return first.path, first.line("section")
