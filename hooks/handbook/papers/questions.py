"""An exam form -> the paper of a candidate, whose name stands within the seal line alone.

Holds neither keys nor rationales nor ids, so nothing made from it can give them away.
"""

from collections.abc import Iterator

from handbook.content.settings import Print
from handbook.papers.heads import Masthead, Part, answered
from handbook.press import markup
from handbook.press.items import Prose, asked
from handbook.press.tree import Block, Box, Document, Gap, Inline, Item, Paragraph, Run, Seal

KIND = "试卷"
_MARKERS = ("得分", "阅卷人")
_SEALED = "密封线内不要答题"


def question_paper(masthead: Masthead, prose: Prose, wanted: Print) -> Document:
    """Return the candidate's paper; `wanted` says what is filled in by hand at its head and in the seal line."""
    parts = masthead.parts
    notes = (
        *markup.blocks(prose(masthead.form.blueprint.instructions)),
        Paragraph((Run(answered(parts), strong=True),)),
    )
    blocks: list[Block] = [
        *masthead.head(),
        *_fields(wanted.paper_head),
        masthead.totals([("总分", str(masthead.form.points)), ("复核人", "")]),
        Box((Run("考试说明"),), notes, "note"),
    ]
    for part in parts:
        blocks += _part(part, prose)

    return masthead.document(KIND, blocks, seal=Seal(tuple(wanted.paper_seal), _SEALED))


def _fields(names: list[str]) -> tuple[Paragraph, ...]:
    """Return one line with room to write behind each name."""
    runs: list[Inline] = []
    for name in names:
        runs += [Run(f"　{name} " if runs else f"{name} "), Gap(5, bracketed=False)]

    return (Paragraph(tuple(runs), "fields"),) if runs else ()


def _part(part: Part, prose: Prose) -> Iterator[Block]:
    yield part.heading(part.rule + "；填涂在答题卡上" * part.boxed, _MARKERS)
    for material, places in part.groups(prose):
        yield from material
        for number, place in places:
            found = asked(place.item, place.order, prose, place.points)
            yield Item(f"{number}.", found, "question", together=not place.item.self_assessed)
