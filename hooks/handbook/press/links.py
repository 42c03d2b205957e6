"""A document -> the same document, in which every link and page number leads to a place that is there.

Places that nothing leads to are left out: they would only take time.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from handbook.press.tree import Anchor, Document, Heading, Item, PageOf, Paragraph, Picture, Row, Run

_ANCHORED = (Heading, Paragraph, Row, Picture, Item)


def settled(document: Document) -> Document:
    """Return a document without links and page numbers of places that are not in it: their words stay."""
    parts = list(_parts(document))
    wanted = {part.anchor for part in parts if isinstance(part, PageOf)}
    wanted |= {part.link[1:] for part in parts if isinstance(part, Run) and part.link.startswith("#")}
    places = {part.name for part in parts if isinstance(part, Anchor)}
    places |= {part.anchor for part in parts if isinstance(part, _ANCHORED)}
    found: Document = _changed(document, places, wanted)

    return found


def _parts(part: Any) -> Iterator[Any]:
    """Yield a part of a document and all that is in it."""
    if isinstance(part, tuple):
        for one in part:
            yield from _parts(one)
    elif is_dataclass(part):
        yield part
        for field in fields(part):
            yield from _parts(getattr(part, field.name))


def _changed(part: Any, places: set[str], wanted: set[str]) -> Any:
    match part:
        case tuple():
            kept = (one for one in part if not _idle(one, places, wanted))
            return tuple(_changed(one, places, wanted) for one in kept)
        case Run() if part.link.startswith("#") and part.link[1:] not in places:
            return replace(part, link="")
        case _ if is_dataclass(part) and not isinstance(part, type | Run | PageOf | Anchor):
            changed = {field.name: _changed(getattr(part, field.name), places, wanted) for field in fields(part)}
            return replace(part, **changed)

    return part


def _idle(part: Any, places: set[str], wanted: set[str]) -> bool:
    """Tell whether a page number is of no page, or a place is nobody's aim."""
    if isinstance(part, PageOf):
        return part.anchor not in places
    return isinstance(part, Anchor) and part.name not in wanted
