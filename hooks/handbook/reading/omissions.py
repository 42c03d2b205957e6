"""A mapping whose fields begin again -> the entries that it was meant to be, had their author written a dash or an id.

Works on the nodes of YAML; knows nothing of what they say.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from handbook.problems import Problem


def parts(node: Any, shown: str, problems: list[Problem]) -> Iterator[Any]:
    """Yield an entry of a list, or the several that it holds for want of a dash, which is noted."""
    begins = _beginnings(node)
    for begin in begins:
        name = node.value[begin][0].value
        mend = f"请在 '{name}' 前面补上短横线和空格，与上一项对齐"
        problems.append(Problem(shown, _line(node, begin), f"从 '{name}' 起像是新的一项，却少了短横线", mend))
    for begin, end in pairwise([0, *begins, len(node.value)]) if begins else ():
        yield type(node)(node.tag, node.value[begin:end], node.value[begin][0].start_mark, node.end_mark)
    if not begins:
        yield node


def first(node: Any, shown: str, problems: list[Problem]) -> list[tuple[Any, Any]]:
    """Return the fields of a mapping, without those that begin again for want of an id, which is noted."""
    begins = _beginnings(node)
    for begin in begins:
        name = node.value[begin][0].value
        mend = f"请在 '{name}' 上面补一行新的编号"
        problems.append(Problem(shown, _line(node, begin), f"从 '{name}' 起像是新的一条，却没有编号", mend))

    return list(node.value[: begins[0]] if begins else node.value)


def _beginnings(node: Any) -> list[int]:
    """Return where the first field of a mapping comes again, together with the next."""
    keys = [key.value for key, _ in node.value] if node.id == "mapping" else []
    return [n for n in range(2, len(keys) - 1) if keys[n] == keys[0] and keys[n + 1] in keys[1:n]]


def _line(node: Any, number: int) -> int:
    return int(node.value[number][0].start_mark.line) + 1
