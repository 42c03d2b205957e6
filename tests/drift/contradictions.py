"""An item that agrees with its section -> one that contradicts it, by a change of either; a reviewer stamps it all the same."""

import itertools
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.drift.handbook import Handbook
from tests.drift.items import OPTION
from tests.drift.order import parts_with, swapped
from tests.drift.parts import Span, sentences
from tests.drift.planting import Planting
from tests.drift.truths import Truths, share, spoken, truths
from tests.drift.words import ACTORS, NEGATED, STARTS

WANTED = {
    "number found nowhere": 12,
    "another figure of the section": 12,
    "negation": 10,
    "actor": 10,
    "start of a limit": 10,
    "order of steps": 10,
    "membership of a list": 10,
}
"""How many of each are planted in a whole run."""
_FIGURE = re.compile(r"\{\{ (?P<id>[a-z-]+) \}\}|(?P<number>\d+)(?=个工作日|个月|日|天|年|小时|分钟|周岁|万元|元|%)")
_FIRST = r"先([^，。；、先再]{2,10})[，、]?再([^，。；、先再]{2,10})"
_WORDS = (
    ("negation", NEGATED, "|".join(NEGATED)),
    ("actor", ACTORS, "|".join(ACTORS)),
    ("start of a limit", STARTS, rf"(?:{'|'.join(STARTS)})(?=[^，。；\n]{{0,14}}(?:之日|起|\{{\{{))"),
)
_LISTED = re.compile(r"[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){2,}")


def contradictions(book: Handbook) -> Iterator[Planting]:
    """Yield all of these; each names the one item that it concerns."""
    for truth in truths(book):
        yield from _figures(truth)
        yield from _turned(truth)
        yield from _order(truth)
        yield from _membership(truth)
        yield from _in_section(truth)


def _figures(truth: Truths) -> Iterator[Planting]:
    """Figures of the truths, replaced by one that the section does not hold and by one of another thing."""
    facts = truth.book.book.facts
    used = truth.book.facts_of(truth.book.text_of(truth.part))
    for span in truth.spans():
        for found in _FIGURE.finditer(truth.text, *span):
            value = facts[found["id"]].value if found["id"] else found["number"]
            if not (quantity := re.fullmatch(r"(\d{1,3})([^\d:—-]*)", value)):
                continue
            strange = next(str(n) for n in itertools.count(int(quantity[1]) + 2) if str(n) not in truth.section)
            yield truth.turned("number found nowhere", found.span(), f"{strange}{quantity[2]}")
            for other in sorted(used - {found["id"]} if found["id"] else ()):
                if _unit(facts[other].value) == _unit(value) and facts[other].value != value:
                    yield truth.turned("another figure of the section", found.span(), f"{{{{ {other} }}}}")


def _unit(value: str) -> str:
    return re.sub(r"\d|个工作", "", value)


def _turned(truth: Truths) -> Iterator[Planting]:
    for kind, words, pattern in _WORDS:
        for found in truth.clauses(pattern):
            if found[0] in truth.section:
                yield truth.turned(kind, found.span(), words[found[0]])
    for found in truth.clauses(r"不(?![同过足仅但利变])(?=[\u4e00-\u9fff]{2})"):
        yield truth.turned("negation", found.span(), "")


def _order(truth: Truths) -> Iterator[Planting]:
    """What comes first put second: in an ordering item, in a clause, in a model answer that follows the steps of the section."""
    kind = "order of steps"
    if "type: ordering" in truth.text[slice(*truth.place)]:
        ordered = re.compile(r"(?<= - text: ).+$", re.MULTILINE).finditer(truth.text, *truth.place)
        for one, two in pairwise(ordered):
            yield truth.turned(kind, *swapped(truth.text, one.span(), two.span()))
    for found in truth.clauses(_FIRST):
        yield truth.turned(kind, *swapped(truth.text, found.span(1), found.span(2)))
    steps = [
        text for part, run in parts_with(truth.book, r"\d+\. ") if part == truth.part for text in _texts(truth, run)
    ]
    numbered = list(re.compile(r"(?<=^ {6}\d\. ).+$", re.MULTILINE).finditer(truth.text, *truth.place))
    for one, two in pairwise(numbered):
        first, second = (_best(found[0], steps) for found in (one, two))
        if 0 <= first < second:
            yield truth.turned(kind, *swapped(truth.text, one.span(), two.span()))


def _texts(truth: Truths, run: list[Span]) -> list[str]:
    return [truth.book.texts[truth.part.path][slice(*span)] for span in run]


def _best(words: str, steps: list[str]) -> int:
    """Return the place of the step that says most of the same, or -1 when none says a third of it."""
    shares = [share(words, step) for step in steps]
    return shares.index(max(shares)) if shares and max(shares) > 1 / 3 else -1


def _membership(truth: Truths) -> Iterator[Planting]:
    """A distractor among the keys, a key among the distractors, and something else in the place of a member that is named."""
    kind, key = "membership of a list", "        key: true\n"
    if "type: multiple" in truth.text[slice(*truth.place)]:
        for option in OPTION.finditer(truth.text, *truth.place):
            without = option[0].replace(key, "")
            yield truth.turned(
                kind, option.span(), without if key in option[0] else without.replace("\n", f"\n{key}", 1)
            )
    for span in truth.spans():
        for listed in _LISTED.finditer(truth.text, *span):
            members = listed[0].split("、")
            if all(member in truth.section for member in members):
                yield truth.turned(kind, listed.span(), "、".join(["介绍人证明", *members[1:]]))


def _in_section(truth: Truths) -> Iterator[Planting]:
    """A sentence of the section that the answer repeats, turned; the item stays."""
    answer = truth.book.book.seen(truth.entry.item.answer() + truth.entry.item.stem)
    text = truth.book.texts[truth.part.path]
    for start, end in sentences(text, truth.part):
        for kind, words, pattern in _WORDS:
            for found in re.compile(pattern).finditer(text, start, end):
                clause = text[max(start, found.start() - 6) : min(end, found.end() + 6)]
                if found[0] in answer and spoken(clause, answer):
                    change = truth.book.planted(truth.part, kind, found.span(), words[found[0]])
                    yield Planting(**{**vars(change), "items": frozenset({truth.entry.item.id})})
