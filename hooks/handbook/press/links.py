"""Blocks -> the same blocks, in which every link and page number leads to a place that is there."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from handbook.press.tree import Anchor, PageOf, Run


def settled[Part](part: Part) -> Part:
    """Return a part of a document without links and page numbers of places that are not in it: their words stay."""
    return _without(part, _places(part))  # type: ignore[no-any-return]


def _places(part: Any) -> set[str]:
    if isinstance(part, tuple):
        return set().union(*map(_places, part))
    if not is_dataclass(part):
        return set()
    own = {part.name} if isinstance(part, Anchor) else {getattr(part, "anchor", "")} - {""}
    if isinstance(part, PageOf):
        return set()

    return own.union(*(_places(getattr(part, field.name)) for field in fields(part)))


def _without(part: Any, places: set[str]) -> Any:
    if isinstance(part, tuple):
        return tuple(
            _without(one, places) for one in part if not (isinstance(one, PageOf) and one.anchor not in places)
        )
    if isinstance(part, Run):
        return replace(part, link="") if part.link.startswith("#") and part.link[1:] not in places else part
    if not is_dataclass(part) or isinstance(part, Anchor | PageOf):
        return part

    changed = {field.name: _without(getattr(part, field.name), places) for field in fields(part)}
    return replace(part, **changed)  # type: ignore[type-var]
