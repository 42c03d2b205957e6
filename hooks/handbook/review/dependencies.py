"""An item of a book -> everything that it rests on, each by its own digest and as text that a person can read.

Direct is what decides the item: its own text, the sentences it quotes, the facts in both, a term it asks about. Around it
stand the rest of its sections, what introduces them, what they link to, and the laws, facts and terms of theirs. Texts hold
facts as `{{ id }}`: a fact is a thing by itself.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from handbook.bank.stamps import Key
from handbook.book import Book
from handbook.content.views import references, without_references
from handbook.items import Item
from handbook.reading.digests import digest, folded
from handbook.review.wording import fact_digest, fact_text, law_digest, law_text, own_digest, own_text

_ASKS = re.compile(r"含义|意思|是指|指的是|什么是|是什么|叫什么|怎么解释|如何理解|哪.{0,3}属于|称为")


class Dependency(NamedTuple):
    """One thing an item rests on; `direct` when the item cannot stand if it has changed."""

    key: Key
    direct: bool
    digest: str
    text: str


def dependencies(book: Book, item: Item) -> list[Dependency]:
    """Return everything that an item rests on, direct things first; nothing when its section is gone."""
    if item.section not in book.views:
        return []
    own = Dependency(Key("item"), True, own_digest(item), own_text(item))  # noqa: FBT003 -- a row
    used = list(_facts_used(book, item))
    direct = [own, *_evidence(book, item), *_facts(book, used, direct=True)]
    direct += _terms(book, _asked(book, item), direct=True)
    found: dict[Key, Dependency] = {}
    for dependency in (*direct, *_around(book, item, used)):
        found.setdefault(dependency.key, dependency)

    return list(found.values())


def evidence_key(section: str, words: str) -> Key:
    """Return what stands for one piece of evidence in stamps."""
    return Key("evidence", f"{section}~{digest(words)[:6]}")


def _evidence(book: Book, item: Item) -> Iterator[Dependency]:
    for (section, words), passage in zip(item.quoted, book.passages(item), strict=True):
        seen = passage.digest if passage else digest("")
        yield Dependency(evidence_key(section, words), True, seen, passage.text if passage else "")  # noqa: FBT003


def _facts_used(book: Book, item: Item) -> Iterator[str]:
    """Yield the facts in an item's texts, and those in the words that it quotes, as references or written out."""
    for _, text in item.texts():
        yield from references(text)
    for (_, words), passage in zip(item.quoted, book.passages(item), strict=True):
        yield from (named := references(words))
        written = folded(without_references(words))
        others = (name for name in (passage.facts if passage else ()) if name not in named)
        yield from (name for name in others if folded(book.seen(f"{{{{ {name} }}}}")) in written)


def _facts(book: Book, names: Iterable[str], *, direct: bool) -> Iterator[Dependency]:
    for name in dict.fromkeys(names):
        if fact := book.facts.get(name):
            yield Dependency(Key("fact", name), direct, fact_digest(fact), fact_text(fact))


def _bases(book: Book, names: Iterable[str]) -> Iterator[str]:
    return (book.facts[name].basis for name in names if name in book.facts)


def _asked(book: Book, item: Item) -> list[str]:
    """Return the terms that an item asks the meaning of."""
    return [word for word in book.terms if word in item.stem] if _ASKS.search(item.stem) else []


def _terms(book: Book, words: list[str], *, direct: bool) -> Iterator[Dependency]:
    for word in words:
        term = book.terms[word]
        yield Dependency(Key.of("term", word), direct, digest(word, term.means), f"{word}：{term.means}")


def _around(book: Book, item: Item, used: list[str]) -> Iterator[Dependency]:
    """Yield what stands around an item, section by section; `used` are the facts that decide it."""
    for section in item.sections:
        if section in book.views:
            yield from _of_section(book, section)
    yield from _laws(book, " ".join([*(text for _, text in item.texts()), *_bases(book, used)]))
    yield from _terms(book, [word for word in book.terms if word in item.stem], direct=False)


@lru_cache(maxsize=1_000)
def _of_section(book: Book, section: str) -> tuple[Dependency, ...]:
    """Return what an item that rests on a section has around it on that account."""
    view, page = book.views[section], section.partition("#")[0]
    sections = [(Key("section", section), section), *((Key("intro", name), name) for name in _above(book, section))]
    linked = (_target(book, page, link) for link in view.links)
    sections += [(Key("linked", name), name) for name in linked if name and name != section]
    found = [Dependency(key, False, book.views[name].digest, book.views[name].text) for key, name in sections]  # noqa: FBT003
    found += _facts(book, [*view.facts], direct=False)
    found += _laws(book, " ".join([view.title, view.text, *_bases(book, view.facts)]))
    explained = [word for word, term in book.terms.items() if section == (term.see or (word in view.text and section))]
    found += _terms(book, explained, direct=False)

    return tuple(found)


def _above(book: Book, section: str) -> Iterator[str]:
    """Yield the sections whose text introduces a section: the headings above it, the nearest first."""
    page, _, anchor = section.partition("#")
    levels = [(view.anchor, view.level) for name, view in book.views.items() if name.startswith(f"{page}#")]
    at = [name for name, _ in levels].index(anchor)
    level = levels[at][1]
    for name, higher in reversed(levels[:at]):
        if higher < level:
            level = higher
            yield f"{page}#{name}"


def _target(book: Book, page: str, link: str) -> str | None:
    """Return the section that a link on a page leads to; a whole page by its first."""
    path, _, anchor = link.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    known = [view for view in book.views if view.startswith(f"{name}#")]

    return f"{name}#{anchor}" if f"{name}#{anchor}" in known else known[0] if known and not anchor else None


def _laws(book: Book, text: str) -> Iterator[Dependency]:
    for law in book.laws.values():
        if any(name in text for name in law.names):
            yield Dependency(Key.of("law", law.name), False, law_digest(law), law_text(law))  # noqa: FBT003
