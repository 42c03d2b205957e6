"""A flowchart -> the same with an edge that leads elsewhere, or with other words."""

import re
from collections.abc import Iterator

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, Span, charts
from tests.drift.planting import Planting
from tests.drift.words import TURNS, turned

_EDGE = re.compile(r"^ +\w+.* --> (?P<to>\w+)", re.MULTILINE)
_ANSWER = re.compile(r"(?<= -- )\S+(?= --> )")
_LABEL = re.compile(r"(?<=[\[{])[^\[\]{}\n]+(?=[\]}])")
_DESCRIBED = re.compile(r"^ +accDescr: .+$", re.MULTILINE)


def flowcharts(book: Handbook) -> Iterator[Planting]:
    """Yield edges redirected, answers on edges and words of nodes exchanged, and turns of the description."""
    for part in book.parts:
        for chart in charts(book.texts[part.path], part):
            yield from _edges(book, part, chart)
            yield from _labels(book, part, chart)
            for rule in (TURNS["negation added or swapped"], TURNS["negation removed"]):
                described = (found.span() for found in _DESCRIBED.finditer(book.texts[part.path], *chart))
                yield from turned(book, part, "flowchart: description", rule, described)


def _edges(book: Handbook, part: Part, chart: Span) -> Iterator[Planting]:
    text = book.texts[part.path]
    edges = list(_EDGE.finditer(text, *chart))
    nodes = sorted({edge["to"] for edge in edges})
    for edge in edges:
        other = nodes[(nodes.index(edge["to"]) + 1) % len(nodes)]
        yield book.planted(part, "flowchart: edge redirected", edge.span("to"), other)
    answers = list(_ANSWER.finditer(text, *chart))
    words = [answer[0] for answer in answers]
    for place, answer in enumerate(answers):
        other = next(word for word in words[place:] + words if word != answer[0])
        yield book.planted(part, "flowchart: answer on an edge", answer.span(), other)


def _labels(book: Handbook, part: Part, chart: Span) -> Iterator[Planting]:
    labels = list(_LABEL.finditer(book.texts[part.path], *chart))
    for label, other in zip(labels, [*labels[1:], *labels[:1]], strict=True):
        yield book.planted(part, "flowchart: words of a node", label.span(), other[0])
