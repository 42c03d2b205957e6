"""An exam form -> what the marker reads: keys, rationales by the letters of this form, evidence, rubrics with points."""

from collections.abc import Callable, Iterator

from handbook.papers.heads import Masthead, Numbered, Part, table
from handbook.press.items import Prose, explained, stem
from handbook.press.tree import Block, Document, Heading, Item, Run, Table

KIND = "答案与评分标准"
Section = Callable[[str], str]
"""Turns `claims.md#deadlines` into what a reader looks for in the handbook."""
_SHORT = 6
"""Characters of a key that fit into the table of a marker."""
_ABREAST = 10


def answer_key(masthead: Masthead, prose: Prose, section: Section) -> Document:
    """Return the answer key."""
    parts = masthead.parts
    blocks: list[Block] = [*masthead.head(KIND), Heading(1, (Run("评分表"),))]
    for part in parts:
        blocks += _scores(part)
    blocks.append(masthead.totals([("总分", str(masthead.form.points)), ("及格线", masthead.pass_points)]))
    for part in parts:
        blocks.append(part.heading("按采分点给分" if part.self_assessed else part.rule))
        for material, places in part.groups(prose):
            blocks += [*material, *(_item(one, prose, section) for one in places)]

    return masthead.document(KIND, blocks, " · 答案，注意保密")


def _scores(part: Part) -> Iterator[Table]:
    """Yield number, key where all are short, points and room for the score of each item, ten abreast."""
    keys = [place.item.key(place.order) for _, place in part.places]
    short = all(0 < len(key) <= _SHORT for key in keys)
    for start in range(0, len(keys), _ABREAST):
        these = part.places[start : start + _ABREAST]
        last = start + _ABREAST >= len(keys)
        rows = [["" if start else part.title, *(str(number) for number, _ in these)]]
        rows += [["答案", *keys[start : start + _ABREAST]]] if short else []
        rows += [["满分", *(str(place.points) for _, place in these)], ["得分"]]
        ends = {0: "小计", len(rows) - 2: str(part.points)} if last else {}
        padded = [[*row, *[""] * (_ABREAST + 1 - len(row)), ends.get(index, "")] for index, row in enumerate(rows)]
        yield table(padded, "totals", (2.6, *[1] * _ABREAST, 1))


def _item(numbered: Numbered, prose: Prose, section: Section) -> Item:
    number, place = numbered
    item = place.item
    cited = [(Run(section(name)), words) for name, words in item.quoted] or [(Run(section(item.section)), "")]
    known = [*cited, (Run(f"题目编号：{item.id}"), "")]
    answer = explained(item, place.order, prose, known, place.criteria)

    return Item(f"{number}.", (*stem(item, place.order, prose), *answer), "key", together=False)
