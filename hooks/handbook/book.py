"""Everything a handbook is made of, read once: pages, facts, terms, laws, card, bank, blueprints and lock.

Data only: what is wrong between the parts is found by `checks`. A private bank is the same book with another bank.
"""

import posixpath
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from handbook.bank.blueprints import Blueprints, read_blueprints
from handbook.bank.entries import Bank, Entry, read_bank
from handbook.bank.lock import Lock, read_lock
from handbook.bank.reviewed import Reviewed, read_reviewed
from handbook.content.facts import Facts, filled, read_facts
from handbook.content.lookup import Law, Term, read_lookup
from handbook.content.pocket_card import Card, Phrases, phrases, read_card
from handbook.content.quotations import Passage, passage
from handbook.content.sections import Page, Section, read_page
from handbook.content.settings import Settings, read_settings
from handbook.content.views import View, views
from handbook.items import Item
from handbook.problems import Problem, Unreadable
from handbook.reading.source import read_text
from handbook.reading.tables import Table


class Misplaced(Exception):
    """A folder that cannot be a private bank; says why and what to do."""


@dataclass(frozen=True)
class Chapter:
    """A page that items may name, and its place in the handbook."""

    number: int
    page: Page

    @property
    def label(self) -> str:
        return f"第 {self.number} 章"

    @property
    def heading(self) -> str:
        """Number and title: `第 8 章 投诉处理`."""
        return f"{self.label} {self.page.title}"

    @property
    def stem(self) -> str:
        """How blueprints, scripts and addresses name it: `claims`."""
        return self.page.name.removesuffix(".md")


@dataclass(frozen=True, eq=False)
class Book:
    """The whole handbook: pages by their path under the docs folder, facts, bank, and all problems.

    A book is itself alone, so that what is reckoned from it can be kept beside it.
    """

    settings: Settings
    pages: dict[str, Page] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    bank: Bank = field(default_factory=Bank)
    lock: Lock = field(default_factory=Lock)
    reviewed: Reviewed = field(default_factory=Reviewed)
    terms: Table[Term] = field(default_factory=Table)
    laws: Table[Law] = field(default_factory=Table)
    card: Card = field(default_factory=Card)
    blueprints: Blueprints = field(default_factory=Blueprints)
    problems: tuple[Problem, ...] = ()
    """What was wrong with the files themselves."""
    public: "Book | None" = None
    """The same book with the handbook's own bank, when a private one stands in for it."""

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """Chapters by the name items use (`claims.md`), in the order of the navigation."""
        folder = f"{self.settings.options.chapters}/"
        known = [path for path in self.settings.places if path in self.pages]
        paths = [path for path in dict.fromkeys([*known, *self.pages]) if path.startswith(folder)]

        return {self.pages[path].name: Chapter(n, self.pages[path]) for n, path in enumerate(paths, 1)}

    @property
    def chapter_stems(self) -> list[str]:
        """The chapters as blueprints name them (`claims`), in order."""
        return [chapter.stem for chapter in self.chapters.values()]

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Sections of all chapters by the name items use (`claims.md#deadlines`)."""
        return {s.name: s for chapter in self.chapters.values() for s in chapter.page.sections}

    def section_label(self, name: str) -> str:
        """Return how links name a section (`claims.md#deadlines`): `第 3 章 办理时限`."""
        section = self.sections[name]
        return f"{self.chapters[section.page].label} {section.title}"

    def citing(self, law: Law) -> list[Chapter]:
        """Return the chapters that name a law."""
        return [c for c in self.chapters.values() if any(name in c.page.text for name in law.names)]

    @cached_property
    def views(self) -> dict[str, View]:
        """What a reader sees of each section that is not hidden, by its name."""
        return {
            f"{name}#{view.anchor}": view
            for name, chapter in self.chapters.items()
            for view in views(chapter.page.text, self.settings.extensions)
        }

    def passages(self, item: Item) -> list[Passage | None]:
        """Return what the handbook says for each piece of evidence of an item, None where it does not say it."""
        for section, words in item.quoted:
            if (section, words) not in self._passages:
                view = self.views.get(section)
                self._passages[section, words] = passage(words, section, view, self.seen) if view else None

        return [self._passages[quoted] for quoted in item.quoted]

    @cached_property
    def _passages(self) -> dict[tuple[str, str], Passage | None]:
        """The passages looked for so far, by section and words."""
        return {}

    @cached_property
    def phrases(self) -> dict[str, Phrases]:
        """What to say and what never to say, by situation."""
        return phrases(self.pages.values())

    @cached_property
    def placed(self) -> dict[str, str]:
        """The page of each item that a marker places inside the text."""
        return {item: page.name for page in self.pages.values() for item, _ in page.placed}

    def exam_page(self, blueprint: str) -> str:
        """Return the path of the page that is generated for a blueprint, beside the page that lists them."""
        return posixpath.join(posixpath.dirname(self.settings.options.exams_page), f"{blueprint}.md")

    def speaks_of(self, problem: Problem) -> bool:
        """Tell whether a problem is the concern of whoever keeps this bank: the handbook's is not a private one's."""
        if self.public is None:
            return True
        own = {self.lock.path, *(entry.path for entry in self.bank.entries)}
        own |= {self.blueprints.place(name)[0] for name in self.blueprints}
        docs = f"{self.settings.shown(self.settings.docs)}/"

        return problem.path in own and not problem.path.startswith(docs)

    def seen(self, text: str) -> str:
        """Return a text as the reader sees it, with the facts filled in."""
        return filled(text, self.facts)

    def moved(self, entry: Entry) -> str | None:
        """Return the section that now holds the text an item was reviewed against: its anchor was renamed."""
        stamp = self.lock.stamps.get(entry.item.id, {}).get(f"section {entry.item.section}")
        held = (name for name, view in self.views.items() if stamp and view.digest == stamp.digest)

        return next((name for name in held if name in self.sections), None)

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
    def numbers(self) -> dict[str, str]:
        """What paper calls each item: `8-3` for the third on the page of chapter 8."""
        found: dict[str, str] = {}
        for page in self.pages.values():
            chapter = self.chapters.get(page.name)
            ids = [item for item, _ in page.placed]
            ids += [entry.item.id for entry in self.quiz_of(page.name)] if chapter else []
            found |= {item: f"{chapter.number}-{n}" if chapter else str(n) for n, item in enumerate(ids, 1)}

        return found

    def called(self, name: str) -> str:
        """Return the id of an item that is named by it, or by its number on paper."""
        return next((item for item, number in self.numbers.items() if number == name), name)

    @cached_property
    def by_section(self) -> dict[str, list[Entry]]:
        """The items that each section answers, in the order of the bank."""
        found: dict[str, list[Entry]] = {}
        for entry in self.bank.entries:
            found.setdefault(entry.item.section, []).append(entry)
        return found


def read_book(config_file: Path, bank: Path | None = None) -> Book:
    """Read everything under the folder of mkdocs.yml; raise Unreadable only when mkdocs.yml itself is.

    `bank` is a folder of secret items, blueprints and lock outside the handbook; blueprints of the handbook remain for
    those that it does not have. Raises Misplaced when it is no such folder.
    """
    settings, problems = read_settings(config_file)
    pages, in_pages = _read_pages(settings)
    facts, in_facts = read_facts(settings.facts, settings.shown(settings.facts))
    terms, laws, in_lookup = read_lookup(settings.glossary, settings.laws, settings.root)
    card, in_card = read_card(settings.card, settings.shown(settings.card))
    problems += [*in_pages, *in_facts, *in_lookup, *in_card]
    book = _with_bank(Book(settings, pages, facts, terms=terms, laws=laws, card=card), problems)

    return _with_private(book, bank) if bank else book


def _with_bank(book: Book, problems: list[Problem]) -> Book:
    """Return the book with the bank that its settings name; `problems` are those found so far."""
    settings = book.settings
    bank, in_bank = read_bank(settings.bank, settings.root)
    lock, in_lock = read_lock(settings.lock, settings.shown(settings.lock))
    log, in_log = read_reviewed(settings.reviewed, settings.review_log, settings.shown)
    own, in_blueprints = read_blueprints(settings.blueprints, settings.root)
    blueprints = Blueprints(book.blueprints | own, book.blueprints.places | own.places)
    found = tuple(sorted({*problems, *in_bank, *in_lock, *in_log, *in_blueprints}))

    return replace(book, bank=bank, lock=lock, reviewed=log, blueprints=blueprints, problems=found)


def _with_private(public: Book, folder: Path) -> Book:
    if not folder.is_dir() or not any(folder.glob("*.yml")):
        raise Misplaced(f"{folder}: 不是题库文件夹；里面应当有一个或几个 *.yml。")
    if folder.resolve().is_relative_to(public.settings.docs.resolve()):
        raise Misplaced(f"{folder}: 在 {public.settings.shown(public.settings.docs)}/ 里面；保密题库要放在手册之外。")
    private = replace(public, settings=replace(public.settings, private=folder), public=public)

    return _with_bank(private, [])


def _read_pages(settings: Settings) -> tuple[dict[str, Page], list[Problem]]:
    """Return every page under the docs folder by its path there, and all problems."""
    pages: dict[str, Page] = {}
    problems: list[Problem] = []
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

    return pages, problems
