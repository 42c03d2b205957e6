"""Bank + sections -> how many items of which type, level and difficulty each section has.

Knows nothing of how the matrix is shown.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.bank.entries import Entry
from handbook.book import Book, Chapter
from handbook.content.sections import Section
from handbook.content.settings import Coverage
from handbook.items import LEVELS, TYPES, Item
from handbook.problems import Problem

HIGHER_LEVELS = ("apply", "analyse")
COLUMNS = {**TYPES, **LEVELS}
"""The columns of the matrix: item types, then levels, with their Chinese names."""


@dataclass(frozen=True)
class Row:
    """One section, one chapter or the whole: counts by item type and by level."""

    label: str
    chapter: Chapter | None
    section: Section | None
    counts: Counter[str]

    @property
    def total(self) -> int:
        return sum(self.counts[name] for name in TYPES)


def matrix(book: Book) -> Iterator[Row]:
    """Yield a row for each chapter, then its sections, in order; the whole comes last."""
    for chapter in book.chapters.values():
        sections = [section for section in chapter.page.sections if section.text.strip()]
        inside = [entry for section in sections for entry in book.by_section.get(section.name, [])]
        yield Row(chapter.heading, chapter, None, _counts(inside))
        for section in sections:
            if section.level > 1:
                yield Row(section.title, chapter, section, _counts(book.by_section.get(section.name, [])))
    yield Row("全书", None, None, _counts(list(book.bank.entries)))


def table(rows: list[Row]) -> list[list[str]]:
    """Return the matrix as text: a head, then the label, the total and the counts of each row."""
    head = ["小节", "合计", *COLUMNS.values()]
    return [head, *([row.label, str(row.total), *(str(row.counts[name]) for name in COLUMNS)] for row in rows)]


def problems(book: Book) -> Iterator[Problem]:
    """Yield a warning for every minimum in `extra.handbook.coverage` that is not met."""
    least = book.settings.options.coverage
    for source, items in sources(book).items():
        if not items:
            mend = f"请写一道题并注明 `source: {source}`"
            yield Problem("mkdocs.yml", 1, f"来源试题 {source} 没有对应的题目", mend, warning=True)
    mend = "请补题，或调整 mkdocs.yml 里的 extra.handbook.coverage"
    for row in matrix(book):
        if not row.chapter:
            continue
        path, line = row.chapter.page.path, row.section.line if row.section else 1
        for what, there, wanted in _minima(row, least):
            if there < wanted:
                yield Problem(path, line, f"{what}，少于要求的 {wanted} 道", mend, warning=True)


def _minima(row: Row, least: Coverage) -> Iterator[tuple[str, int, int]]:
    """Yield what a section or chapter has in words, how many that is, and how many it must be."""
    if row.section:
        yield f"小节“{row.label}”有 {row.total} 道题", row.total, least.per_section
        return
    yield f"“{row.label}”有 {row.total} 道题", row.total, least.per_chapter
    for level, wanted in least.per_level.items():
        yield f"“{row.label}”的{LEVELS[level]}题有 {row.counts[level]} 道", row.counts[level], wanted


def sources(book: Book) -> dict[str, list[Item]]:
    """Return the items that stand for each question of the source exams, in the exams' order."""
    found: dict[str, list[Item]] = {
        f"{exam}/{part}.{number}": []
        for exam, parts in book.settings.options.sources.items()
        for part, questions in enumerate(parts, 1)
        for number in range(1, questions + 1)
    }
    for item in book.bank.items:
        if item.source:
            found.setdefault(item.source, []).append(item)

    return found


def over_tested(rows: list[Row]) -> list[Row]:
    """Return sections with more than three times the items of the average section, and at least five."""
    sections = [row for row in rows if row.section]
    average = sum(row.total for row in sections) / len(sections) if sections else 0

    return [row for row in sections if row.total >= 5 and row.total > 3 * average]


def bare(rows: list[Row]) -> list[Row]:
    """Return sections without an item."""
    return [row for row in rows if row.section and not row.total]


def without_higher_levels(rows: list[Row]) -> list[Row]:
    """Return chapters that ask for nothing beyond knowing and understanding."""
    return [
        row for row in rows if row.chapter and not row.section and not any(row.counts[level] for level in HIGHER_LEVELS)
    ]


def _counts(entries: list[Entry]) -> Counter[str]:
    return Counter(name for entry in entries for name in (entry.item.type, entry.item.level))
