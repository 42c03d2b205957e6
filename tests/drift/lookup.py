"""The entries of `facts.yml`, `laws.yml` and `glossary.yml` -> the same with another word in one of their fields."""

import re
from collections.abc import Callable, Iterator

from tests.drift.handbook import Handbook
from tests.drift.parts import Span
from tests.drift.planting import Planting

Field = tuple[str, str, Callable[[str], str]]
_ENTRY = re.compile(r"^  (?:- name: )?(?P<name>[^\s#:][^:\n]*):?\n(?P<fields>(?: {4}.*\n)+)", re.MULTILINE)
_STATUS = {"law": "secondary", "secondary": "law", "company": "law"}
_DAYS = {"calendar": "working", "working": "calendar"}


def _raised(text: str) -> str:
    """Return a text with its first number raised by one, or marked when it has none."""
    raised = re.sub(r"\d+", lambda found: str(int(found[0]) + 1), text, count=1)
    return raised if raised != text else f"{text}（变更）"


def _turned(text: str) -> str:
    """Return a note with the starting point that it names turned into another, or with an exception."""
    turned = re.sub("收到|作出|达成|登记|知道|审批|成立|发现", "签署", text, count=1)
    return turned if turned != text else f"{text.rstrip('。')}，但合同另有约定的除外。"


FACT: tuple[Field, ...] = (
    ("fact: value", "value", _raised),
    ("fact: days", "days", lambda text: _DAYS[text]),
    ("fact: basis", "basis", _raised),
    ("fact: status", "status", lambda text: _STATUS[text]),
    ("fact: title", "title", lambda text: f"{text}（仅限团体业务）"),
    ("fact: note", "note", _turned),
)
LAW: tuple[Field, ...] = (
    ("law: number", "number", _raised),
    ("law: since", "since", _raised),
    ("law: status", "status", lambda text: _STATUS[text]),
    ("law: note", "note", _turned),
)
TERM: tuple[Field, ...] = (("term: meaning", "means", lambda text: re.sub("。('?)$", r"，但团体保单除外。\1", text)),)


def facts(book: Handbook) -> Iterator[Planting]:
    """Yield another value for each field of each fact, a note added and a note removed."""
    path = book.book.settings.shown(book.book.settings.facts)
    for name, place in _entries(book.texts[path]):
        kinds = [*_fields(book.texts[path], place, FACT), *_notes(book.texts[path], place)]
        parts = [part for part in book.parts if name in book.facts_of(book.text_of(part))]
        items = book.resting(parts) | {item for item, used in book.used.items() if name in used}
        for kind, at, after in kinds:
            yield Planting(kind, path, *at, book.texts[path][slice(*at)], after, items, items | book.near(*parts))


def laws(book: Handbook) -> Iterator[Planting]:
    """Yield another value for each field of each law that a part, or a fact that an item uses, cites."""
    path = book.book.settings.shown(book.book.settings.laws)
    for name, place in _entries(book.texts[path]):
        items, may = _citing(book, name)
        for kind, at, after in _fields(book.texts[path], place, LAW):
            yield Planting(kind, path, *at, book.texts[path][slice(*at)], after, items, may)


def terms(book: Handbook) -> Iterator[Planting]:
    """Yield another meaning of each term; those who ask for it name it in their stem and rest on the part that explains it."""
    path = book.book.settings.shown(book.book.settings.glossary)
    for name, place in _entries(book.texts[path]):
        see = book.book.terms[name].see or ""
        naming = [item for item in book.book.bank.items if any(name in text for _, text in item.texts())]
        items = frozenset(item.id for item in naming if name in item.stem and item.id in book.rest.get(see, ()))
        parts = [part for part in book.parts if name in book.text_of(part) or part.name == see]
        may = frozenset(item.id for item in naming) | book.resting(parts)
        for kind, at, after in _fields(book.texts[path], place, TERM):
            yield Planting(kind, path, *at, book.texts[path][slice(*at)], after, items, may)


def _entries(text: str) -> Iterator[tuple[str, Span]]:
    return ((found["name"], found.span("fields")) for found in _ENTRY.finditer(text))


def _fields(text: str, place: Span, fields: tuple[Field, ...]) -> Iterator[tuple[str, Span, str]]:
    for kind, field, turn in fields:
        if found := re.compile(rf"(?<=^ {{4}}{field}: ).+$", re.MULTILINE).search(text, *place):
            yield kind, found.span(), turn(found[0])


def _notes(text: str, place: Span) -> Iterator[tuple[str, Span, str]]:
    if found := re.compile(r"^ {4}note: .+\n", re.MULTILINE).search(text, *place):
        yield "fact: note removed", found.span(), ""
    else:
        yield "fact: note added", (place[1], place[1]), "    note: 自次日起算，须经主管批准。\n"


def _citing(book: Handbook, law: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the items that a law stands behind by the parts they rest on and the facts they use, and those near it."""
    owners = {name: one.name for one in book.book.laws.values() for name in one.names}
    named = re.compile("|".join(map(re.escape, sorted(owners, key=len, reverse=True))))

    def cites(text: str) -> bool:
        return any(owners[found] == law for found in named.findall(text))

    parts = [part for part in book.parts if cites(book.text_of(part))]
    facts = {name for name, fact in book.book.facts.items() if cites(fact.basis)}
    items = book.resting(parts) | {item for item, used in book.used.items() if used & facts}
    own = {item.id for item in book.book.bank.items if any(cites(text) for _, text in item.texts())}
    short = [name for name, owner in owners.items() if owner == law]
    loose = [
        p
        for p in book.parts
        if any(name in book.text_of(p) for name in short) or book.facts_of(book.text_of(p)) & facts
    ]

    return items, items | own | book.near(*loose)
