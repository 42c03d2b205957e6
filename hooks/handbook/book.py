"""Handbook and bank together: everything read once, and checked against each other.

What `handbook check` and the site build both start from; knows nothing of either.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from handbook import facts as fact_file
from handbook import flowcharts
from handbook.bank import Bank, Entry, read_bank
from handbook.digests import digest
from handbook.facts import Facts, read_facts, references
from handbook.items import Item
from handbook.lock import Lock, read_lock
from handbook.lookup import Lookup, cited, read_lookup
from handbook.problems import Problem, Unreadable, did_you_mean
from handbook.sections import Page, Section, read_page
from handbook.settings import Settings, read_settings
from handbook.source import read_text


@dataclass(frozen=True)
class Chapter:
    """A page that items may name, and its place in the handbook."""

    number: int
    page: Page

    @property
    def label(self) -> str:
        return f"第 {self.number} 章"


@dataclass(frozen=True)
class Book:
    """The whole handbook: pages by their path under the docs folder, facts, bank, and all problems."""

    settings: Settings
    pages: dict[str, Page] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    bank: Bank = field(default_factory=Bank)
    lock: Lock = field(default_factory=Lock)
    lookup: Lookup = field(default_factory=Lookup)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """Chapters by the name items use (`claims.md`), in the order of the navigation."""
        folder = f"{self.settings.options.chapters}/"
        known = [path for path in self.settings.order if path in self.pages]
        paths = [path for path in dict.fromkeys([*known, *self.pages]) if path.startswith(folder)]

        return {self.pages[path].name: Chapter(n, self.pages[path]) for n, path in enumerate(paths, 1)}

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Sections of all chapters by the name items use (`claims.md#deadlines`)."""
        return {s.name: s for chapter in self.chapters.values() for s in chapter.page.sections}

    @cached_property
    def section_digests(self) -> dict[str, str]:
        """Digests of all sections as the reader sees them, without their titles."""
        return {name: digest(self.seen(section.text)) for name, section in self.sections.items()}

    @cached_property
    def placed(self) -> dict[str, str]:
        """The page of each item that a marker places inside the text."""
        return {item: page.name for page in self.pages.values() for _, ids in page.markers for item in ids}

    def seen(self, text: str) -> str:
        """Return a text as the reader sees it, with the facts filled in."""
        return fact_file.filled(text, self.facts)

    def items_of(self, chapter: str) -> list[Entry]:
        """Return the items that a chapter answers, in the order of its sections."""
        sections = (section.name for section in self.chapters[chapter].page.sections)

        return [entry for name in sections for entry in self.by_section.get(name, [])]

    def quiz_of(self, chapter: str) -> list[Entry]:
        """Return the items at the end of a chapter: those it answers, less those placed elsewhere."""
        return [entry for entry in self.items_of(chapter) if entry.item.id not in self.placed]

    def shown_at(self, item: Item) -> str:
        """Return where a reader meets an item: `claims.md#item-claims-deadline`."""
        page = self.placed.get(item.id) or item.section.partition("#")[0]
        return f"{page}#item-{item.id}"

    @cached_property
    def by_section(self) -> dict[str, list[Entry]]:
        """The items that each section answers, in the order of the bank."""
        found: dict[str, list[Entry]] = {}
        for entry in self.bank.entries:
            found.setdefault(entry.item.section, []).append(entry)
        return found


def read_book(config_file: Path) -> Book:
    """Read everything under the folder of mkdocs.yml; raise Unreadable only when mkdocs.yml itself is."""
    settings, problems = read_settings(config_file)
    pages = {}
    for path in sorted(settings.docs.rglob("*.md")):
        source = path.relative_to(settings.docs).as_posix()
        shown = settings.shown(path)
        try:
            text = read_text(path, shown)
        except Unreadable as unreadable:
            problems += unreadable.problems
            continue
        pages[source], found = read_page(text, source.removeprefix(f"{settings.options.chapters}/"), shown)
        problems += found
    facts, lookup = Facts(), Lookup()
    try:
        if settings.facts.exists():
            facts, found = read_facts(settings.facts, settings.shown(settings.facts))
            problems += found
        lookup, found = read_lookup(settings.glossary, settings.laws, settings.root)
        problems += found
    except Unreadable as unreadable:
        problems += unreadable.problems
    bank, found = read_bank(settings.bank, settings.root)
    problems += found
    lock, found = read_lock(settings.lock, settings.shown(settings.lock))
    book = Book(settings, pages, facts, bank, lock, lookup)
    problems += [
        *found,
        *_section_problems(book),
        *_marker_problems(book),
        *_fact_problems(book),
        *_lookup_problems(book),
        *_flowchart_problems(book),
    ]

    return Book(settings, pages, facts, bank, lock, lookup, tuple(sorted(set(problems))))


def _section_problems(book: Book) -> Iterator[Problem]:
    """Items that name a section which is not there."""
    for entry in book.bank.entries:
        name = entry.item.section
        section = book.sections.get(name)
        if section and section.text.strip():
            continue
        if section:
            yield entry.problem(f"的小节 '{name}' 下面没有正文", "请改为写着答案的下级小节", "section")
            continue
        page, _, anchor = name.partition("#")
        titled = [s.name for s in book.sections.values() if anchor and anchor in (s.title, s.title.replace(" ", "-"))]
        otherwise = f"'{page}' 里没有这个锚点，请对照章节标题行尾的 {{ #… }}"
        if page not in book.chapters:
            otherwise = f"章节文件有：{'、'.join(book.chapters)}"
        moved = _moved(book, entry)
        if moved:
            mend = f"复核过的正文现在叫 '{moved}'，请改成它"
        elif titled:
            mend = f"锚点要用英文，请写成 '{titled[0]}'"
        else:
            mend = did_you_mean(name, book.sections, otherwise)
        yield entry.problem(f"所指的小节 '{name}' 不存在", mend, "section")


def _moved(book: Book, entry: Entry) -> str | None:
    """Return the section that now holds the text an item was reviewed against: its anchor was renamed."""
    stamp = book.lock.stamps.get(entry.item.id)
    if not stamp:
        return None
    return next((name for name, now in book.section_digests.items() if now == stamp.section_digest), None)


def _marker_problems(book: Book) -> Iterator[Problem]:
    """Markers that name unknown items, none, or one that stands elsewhere already."""
    first: dict[str, str] = {}
    for page in book.pages.values():
        for line, ids in page.markers:
            if not ids:
                yield Problem(page.path, line, "标记 `<!-- quiz: -->` 里没有题目编号", "请写上编号，或删掉这一行")
            for item in ids:
                if item not in book.bank.by_id:
                    mend = did_you_mean(item, book.bank.by_id, "请改正编号，或删掉它")
                    yield Problem(page.path, line, f"题库里没有题目 '{item}'", mend)
                elif item in first:
                    yield Problem(
                        page.path, line, f"题目 '{item}' 已经放在 {first[item]}", "一道题只能出现一次，请删掉一处"
                    )
                first.setdefault(item, f"{page.path}:{line}")


def _fact_problems(book: Book) -> Iterator[Problem]:
    """References to facts that are not there, and facts that nobody refers to."""
    used: set[str] = set()
    for page in book.pages.values():
        for fact_id, breaks in references(page.text):
            used.add(fact_id)
            if fact_id not in book.facts:
                mend = did_you_mean(fact_id, book.facts, f"请先把它写进 {book.facts.path}")
                yield Problem(page.path, breaks + 1, f"没有事实 '{fact_id}'", mend)
    for entry in book.bank.entries:
        for inside, text in entry.item.texts():
            for fact_id, _ in references(text):
                used.add(fact_id)
                if fact_id not in book.facts:
                    mend = did_you_mean(fact_id, book.facts, f"请先把它写进 {book.facts.path}")
                    yield entry.problem(f"引用的事实 '{fact_id}' 不存在", mend, *inside)
    for term in book.lookup.terms.values():
        used |= {fact_id for fact_id, _ in references(term.means)}
    for fact_id in book.facts.keys() - used:
        line = book.facts.lines[fact_id]
        yield Problem(book.facts.path, line, f"事实 '{fact_id}' 没有被用到", "请在正文中引用它，或删掉它", warning=True)


def _flowchart_problems(book: Book) -> Iterator[Problem]:
    """Flowcharts that cannot be drawn."""
    for page in book.pages.values():
        for source, line in flowcharts.sources(page.text):
            try:
                flowcharts.drawn(source, "chart")
            except flowcharts.Undrawable as undrawable:
                what, _, mend = str(undrawable).partition("；")
                yield Problem(page.path, line, what, mend)


def _lookup_problems(book: Book) -> Iterator[Problem]:
    """Terms explained nowhere, laws cited but not listed, and laws listed but not cited."""
    glossary, laws = book.lookup.paths
    for word, term in book.lookup.terms.items():
        if term.see and term.see not in book.sections:
            mend = did_you_mean(term.see, book.sections, "请对照章节标题行尾的锚点")
            yield Problem(glossary, book.lookup.lines[word], f"术语 '{word}' 所指的小节 '{term.see}' 不存在", mend)
    if not book.lookup.laws:
        return
    listed = {name: law for law in book.lookup.laws for name in law.names}
    unseen = {law.name for law in book.lookup.laws}
    for chapter in book.chapters.values():
        unseen -= {law.name for name, law in listed.items() if name in chapter.page.text}
        for name, breaks in cited(chapter.page.text):
            if name not in listed:
                mend = did_you_mean(name, listed, f"请写进 {laws}，简称写在 `also`")
                yield Problem(chapter.page.path, breaks + 1, f"{name} 不在法规清单里", mend, warning=True)
    for name in sorted(unseen):
        line = book.lookup.lines[name]
        yield Problem(laws, line, f"法规清单里的{name}没有一章引用", "请删掉它，或在正文注明依据", warning=True)
