"""The real handbook, its files as text, and which items rest on which part of it; and a book with one file changed."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.drift.engine import evidence
from tests.drift.parts import Part, Span, parts, targets
from tests.drift.planting import Planting

from handbook.bank.entries import Bank, read_bank
from handbook.book import Book, read_book
from handbook.content.facts import read_facts
from handbook.content.lookup import read_lookup
from handbook.content.sections import read_page
from handbook.problems import Problem


@dataclass(frozen=True)
class Handbook:
    """The book as it is, and the text of each file by the path that messages name it by."""

    book: Book
    texts: dict[str, str]

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of all chapters, in order."""
        pages = (chapter.page for chapter in self.book.chapters.values())
        return [part for page in pages for part in parts(self.texts[page.path], page.path, page.name)]

    @cached_property
    def rest(self) -> dict[str, frozenset[str]]:
        """The items that rest on each part: those that name it, or take evidence from it."""
        found: dict[str, set[str]] = defaultdict(set)
        for item in self.book.bank.items:
            for place in (item.section, *(place for place, _ in evidence(item))):
                found[place].add(item.id)
        return {name: frozenset(items) for name, items in found.items()}

    def resting(self, parts: Iterable[Part]) -> frozenset[str]:
        """Return the items that rest on any of the parts."""
        return frozenset().union(*(self.rest.get(part.name, frozenset()) for part in parts))

    def under(self, part: Part) -> list[Part]:
        """Return a part, and those under its heading."""
        return [other for other in self.parts if other.path == part.path and part.start <= other.start < part.reach]

    @cached_property
    def targets(self) -> dict[str, set[str]]:
        """The pages and parts that each part points to."""
        return {part.name: targets(self.texts[part.path], part) for part in self.parts}

    def linking(self, part: Part) -> list[Part]:
        """Return the parts that point to a part or to its page."""
        return [p for p in self.parts if p is not part and {part.name, part.page} & self.targets[p.name]]

    @cached_property
    def around(self) -> dict[str, frozenset[str]]:
        """The items that rest on each part, under it, or beside what points to it."""
        return {part.name: self.resting([*self.under(part), *self.linking(part)]) for part in self.parts}

    def near(self, *changed: Part) -> frozenset[str]:
        """Return the items around any of the parts."""
        return frozenset().union(*(self.around[part.name] for part in changed))

    def facts_of(self, text: str) -> set[str]:
        """Return the facts that a text refers to."""
        return {name for name in self.book.facts if f"{{{{ {name} }}}}" in text}

    @cached_property
    def used(self) -> dict[str, set[str]]:
        """The facts that each item itself uses."""
        items = self.book.bank.items
        return {item.id: self.facts_of("\n".join(text for _, text in item.texts())) for item in items}

    def text_of(self, part: Part) -> str:
        """Return what stands below the heading of a part."""
        return self.texts[part.path][part.body : part.end]

    def planted(self, part: Part, kind: str, place: Span, after: str, *others: Part) -> Planting:
        """Return a change of a part, and of others beside it, that those who rest on them have to know."""
        before = self.texts[part.path][slice(*place)]
        items, may = self.resting((part, *others)), self.near(part, *others)
        return Planting(kind, part.path, *place, before, after, items, may)

    def changed(self, path: str, text: str) -> Book:
        """Return the book with another text in one of its files, only this one of them read again."""
        if text == self.texts[path]:
            return self.book
        settings = self.book.settings
        if path.endswith(".md"):
            name = next(name for name, page in self.book.pages.items() if page.path == path)
            page, problems = read_page(text, self.book.pages[name].name, path)
            changed = replace(self.book, pages={**self.book.pages, name: page})
        elif path == settings.shown(settings.facts):
            changed, problems = self._with_file(path, text, self._facts)
        elif path in (settings.shown(settings.laws), settings.shown(settings.glossary)):
            changed, problems = self._with_file(path, text, self._lookup)
        else:
            changed, problems = self._with_file(path, text, self._bank)
        others = (problem for problem in self.book.problems if problem.path != path)

        return replace(changed, problems=tuple(sorted({*others, *problems})))

    def _with_file(self, path: str, text: str, read: "_Reader") -> tuple[Book, list[Problem]]:
        with TemporaryDirectory() as folder:
            file = Path(folder) / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            return read(file, Path(folder))

    def _facts(self, file: Path, root: Path) -> tuple[Book, list[Problem]]:
        facts, problems = read_facts(file, file.relative_to(root).as_posix())
        return replace(self.book, facts=facts), problems

    def _lookup(self, file: Path, root: Path) -> tuple[Book, list[Problem]]:
        laws = file.name == self.book.settings.laws.name
        none = root / "none.yml"
        terms, known, problems = read_lookup(none if laws else file, file if laws else none, root)
        return replace(self.book, laws=known) if laws else replace(self.book, terms=terms), problems

    def _bank(self, file: Path, root: Path) -> tuple[Book, list[Problem]]:
        bank, problems = read_bank(file.parent, root)
        path = file.relative_to(root).as_posix()
        others = self.book.bank.entries
        first = next(place for place, entry in enumerate(others) if entry.path == path)
        kept = [entry for entry in others if entry.path != path]
        return replace(self.book, bank=Bank((*kept[:first], *bank.entries, *kept[first:]))), problems


_Reader = Callable[[Path, Path], tuple[Book, list[Problem]]]


def read_handbook(root: Path) -> Handbook:
    """Read the handbook in a folder."""
    book = read_book(root / "mkdocs.yml")
    settings = book.settings
    files = [*(page.path for page in book.pages.values()), *dict.fromkeys(entry.path for entry in book.bank.entries)]
    files += map(settings.shown, (settings.facts, settings.laws, settings.glossary))

    return Handbook(book, {path: (root / path).read_text(encoding="utf-8") for path in files})
