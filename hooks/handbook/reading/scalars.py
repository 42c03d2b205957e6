"""YAML text -> every scalar in it with its place, for those who change a name and leave all else as it is written.

Knows nothing of what the scalars say.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Path = tuple[str | int, ...]


class Scalar(NamedTuple):
    """A value, or a key, whose path ends in itself; its line counts from 1, its column from 0."""

    where: _Path
    is_key: bool
    text: str
    line: int
    column: int


def scalars(text: str) -> Iterator[Scalar]:
    """Yield every scalar in the order of writing; raises what YAML raises when the text is none."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    yield from _scalars(node, ()) if node else ()


def _scalars(node: Any, where: _Path, *, is_key: bool = False) -> Iterator[Scalar]:
    if isinstance(node, yaml.ScalarNode):
        yield Scalar(where, is_key, node.value, node.start_mark.line + 1, node.start_mark.column)
    elif isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            yield from _scalars(child, (*where, number))
    else:
        for key, value in node.value:
            inside = (*where, key.value)
            yield from _scalars(key, inside, is_key=True)
            yield from _scalars(value, inside)
