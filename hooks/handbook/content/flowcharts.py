"""Mermaid source -> an SVG of real text without any style of its own, which the site's style sheet themes.

The only module that knows the drawing library.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import mmdr

from handbook.reading.markup import fences, with_fences

_LOOK = {
    "look": "classic",  # the default look strokes with a gradient, which paper does not show
    "layout": "dagre",
    "htmlLabels": False,
    "flowchart": {
        "curve": "linear",
        "htmlLabels": False,
        "useMaxWidth": False,
        "nodeSpacing": 18,
        "rankSpacing": 26,
        "padding": 8,
        "diagramPadding": 4,
        "minNodeWidth": 10,  # narrow enough for a phone
        "wrappingWidth": 200,
    },
    "themeVariables": {"useGradient": False, "fontFamily": "sans-serif", "fontSize": "16px"},
}
_SHAPE = r"(?:\[+|\(+|\{+|>)[\[(/\\]*(?P<label>\"[^\"]*\"|[^\]\)\}]*)[\]\)\}/\\]+"
_NODE = re.compile(rf"\s*(?P<id>[\w-]*?\w)(?:{_SHAPE})?(?::::\w+)?\s*(?=&|$|[-=.<ox]|~~~)")
_LINK = re.compile(
    r"\s*(?P<line><?(?:--+|==+|-\.+-?))(?:(?P<said>[^-=.>|]+?)(?:--+|==+|\.*-+))?(?P<end>[>ox]?)\s*(?:\|(?P<inside>[^|]*)\|)?"
)
_OWN_NAME = re.compile(r'( id="|#|-(?:title|desc)-)merman')
_LEFT_OUT = (
    re.compile(r"<style>.*?</style>", re.DOTALL),
    re.compile(r"<filter\b.*?</filter>|<defs>\s*</defs>", re.DOTALL),
    re.compile(r"<marker id=\"[^\"]*(?<!pointEnd)\".*?</marker>", re.DOTALL),
    re.compile(r" (?:style|fill|xml:space|alignment-baseline|aria-roledescription|data-[\w-]+)=\"[^\"]*\""),
)


class Undrawable(ValueError):
    """The source is not a flowchart; the message says why and how to mend it, in Chinese."""


def sources(text: str) -> Iterator[tuple[str, int]]:
    """Yield the Mermaid source of each flowchart in a Markdown text, and its line; examples inside code are none."""
    return ((fence.body, fence.line) for fence in fences(text) if fence.info == "mermaid")


def replaced(text: str, picture: Callable[[str], str]) -> str:
    """Return the text with `picture(source)` in the place of each flowchart."""
    return with_fences(text, lambda fence: picture(fence.body) if fence.info == "mermaid" else None)


@lru_cache(maxsize=256)
def drawn(source: str, name: str) -> str:
    """Return the `<svg>` of a flowchart on one line; `name` makes its ids unique on the page.

    Raises Undrawable when the source cannot be drawn or has no title and description for screen readers.
    """
    for field, meaning in (("accTitle", "标题"), ("accDescr", "文字说明")):
        if not re.search(rf"^\s*{field}\s*:\s*\S", source, re.MULTILINE):
            raise Undrawable(f"流程图没有{meaning}；请在第一行 flowchart 下面加上 `{field}: …`")
    try:
        svg = mmdr.render(f"%%{{init: {json.dumps(_LOOK)}}}%%\n{source}", backend="merman").svg()
    except ValueError:
        raise Undrawable("流程图画不出来；请检查括号是否成对、箭头和标签的写法") from None
    for pattern in _LEFT_OUT:
        svg = pattern.sub("", svg)
    svg = svg.replace('role="graphics-document document"', 'role="img"', 1)

    return _OWN_NAME.sub(rf"\g<1>{name}", svg).replace("\n", " ")


def title(source: str) -> str:
    """Return the flowchart's title."""
    found = re.search(r"^\s*accTitle\s*:\s*(.+?)\s*$", source, re.MULTILINE)
    return found[1] if found else ""


def statements(source: str) -> list[str]:
    """Return what a flowchart says: title, description, direction, then its nodes and edges by their labels, sorted.

    Names of nodes, the order of lines and how edges are chained do not count; a line of another kind stands as written.
    """
    said, labels, edges = list[str](), dict[str, str](), list[tuple[str, str, str]]()
    for line in filter(None, map(str.strip, source.splitlines())):
        if re.match(r"(?:flowchart|graph|accTitle|accDescr|subgraph|end\b|direction)", line) or (
            not line.startswith(("%%", "classDef", "class ", "style ", "linkStyle"))
            and not _chained(line, labels, edges)
        ):
            said.append(line)
    shown = {name: label.replace("<br>", "") for name, label in labels.items()}

    return [*said, *sorted(shown.values()), *sorted(f"{shown[a]} {link} {shown[b]}" for a, link, b in edges)]


def _chained(line: str, labels: dict[str, str], edges: list[tuple[str, str, str]]) -> bool:
    """Note the nodes and edges of a line; return whether all of it was understood."""
    at, before, link = 0, list[str](), ""
    while True:
        here: list[str] = []
        while node := _NODE.match(line, at):
            here.append(node["id"])
            if node["label"] is not None:
                labels[node["id"]] = node["label"].strip('"')
            labels.setdefault(node["id"], node["id"])
            at = node.end()
            if line[at : at + 1] != "&":
                break
            at += 1
        edges += [(a, link, b) for a in before for b in here]
        found = _LINK.match(line, at) if here else None
        if not found:
            return bool(here) and not line[at:].strip(" ;")
        said = (found["said"] or found["inside"] or "").strip()
        at, before, link = found.end(), here, f"{found['line'][:2]}{said}{found['end']}"
