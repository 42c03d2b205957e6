"""An item of the bank -> the blocks that ask it, and those that explain its answer: exam paper, answer key, handbook.

Whatever is particular to a type comes from the item itself. Knows nothing of exams or of pages: a caller who shows an
item in the bank's own order gives `item.on_page()`.

Names for the looks: paragraphs `key` (答案：A), `label` (参考答案) and `basis` (依据：…),
the run `rationale`, the table `rubric`, the box `material`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from handbook.content.quotations import nested
from handbook.items import Item
from handbook.items.parts import BLANK, Criterion, Explained
from handbook.press import markup
from handbook.press.columns import width
from handbook.press.tree import Block, Box, Gap, Inline, Lines, List, Options, Paragraph, Row, Run, Runs, Table, plain

Prose = Callable[[str], str]
"""Turns an author's text into HTML, facts filled in."""
Shares = Sequence[tuple[Criterion, Fraction]]
"""What each criterion of a rubric earns."""

_FITTING = ((4, 7), (2, 18))
"""Columns, and the longest option, in Chinese characters, that fits into one."""
_BLANK = Gap(6, bracketed=False)


def asked(
    item: Item, order: Sequence[str], prose: Prose, points: int | None = None, material: str = ""
) -> tuple[Block, ...]:
    """Return what asks an item and leaves room for the answer.

    `points` give an essay room to write, without them it is as much as the handbook has; `material` is the title of the
    box with the item's stimulus, which is left out without one.
    """
    found = item.asked(order, points)
    blocks = [*_material(item, prose, material), *_stem(found.stem, prose, bracket=found.bracket)]
    if found.prompts:
        prompts = ((*markup.line(prose(text)), Gap()) for text in found.prompts)
        blocks.append(Options(tuple((f"（{n}）", prompt) for n, prompt in enumerate(prompts, 1))))
    if found.options:
        options = tuple((f"{mark}.", markup.line(prose(text))) for mark, text in found.options)
        blocks.append(Options(options, _columns(options)))
    if found.lines:
        blocks.append(Lines(found.lines))

    return tuple(blocks)


def explained(
    item: Item,
    order: Sequence[str],
    prose: Prose,
    cited: Iterable[tuple[Run, str]] = (),
    shares: Shares | None = None,
) -> tuple[Block, ...]:
    """Return the answer to an item: its key and why, or a model answer and its rubric; then what it rests on.

    `cited` is where the handbook says it, and its words there. `shares` of the points are for those who mark: they find
    room for theirs, and the text of each option again; readers of the handbook find the item's own points.
    """
    blocks: list[Block] = []
    if criteria := item.criteria():
        blocks += [Paragraph((Run("参考答案"),), "label"), *markup.blocks(prose(item.answer()))]
        own = [(criterion, Fraction(criterion.points)) for criterion in criteria]
        blocks.append(_rubric(shares or own, prose, scored=shares is not None))
    else:
        blocks.append(Paragraph((Run("答案："), *markup.line(prose(item.key(order)))), "key"))
        known = item.asked(order).options if shares is None and not item.stepped else ()
        blocks.append(Options(tuple(_part(one, prose, known) for one in item.explained(order))))

    return (*blocks, *_basis(cited, prose))


def stem(item: Item, order: Sequence[str], prose: Prose) -> tuple[Block, ...]:
    """Return the stem alone, as it stands above an answer."""
    return tuple(_stem(item.asked(order).stem, prose, bracket=False))


def shown(points: Fraction) -> str:
    """Return points without needless zeros: 2, 2.5, 48.6."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def _material(item: Item, prose: Prose, title: str) -> tuple[Box, ...]:
    return (Box((Run(title),), markup.blocks(prose(item.stimulus)), "material"),) if item.stimulus and title else ()


def _stem(source: str, prose: Prose, *, bracket: bool) -> list[Block]:
    """Return a stem with gaps for its blanks, and one at its end if there is a bracket for the response."""
    return _ended([_gapped(block) for block in markup.blocks(prose(source))], (Gap(),) * bracket)


def _gapped(block: Block) -> Block:
    if isinstance(block, List):
        return replace(block, entries=tuple(tuple(map(_gapped, entry)) for entry in block.entries))
    if isinstance(block, Paragraph):
        return replace(block, runs=tuple(one for run in block.runs for one in _pieces(run)))
    return block


def _pieces(run: Inline) -> Iterator[Inline]:
    """Yield a run in pieces, with a gap in the place of each blank."""
    if not isinstance(run, Run):
        yield run
        return
    for index, piece in enumerate(run.text.split(BLANK)):
        if index:
            yield _BLANK
        if piece:
            yield replace(run, text=piece)


def _ended(blocks: list[Block], ending: Runs) -> list[Block]:
    """Return blocks with something at the end of their last line."""
    match blocks:
        case [*before, Paragraph() as last]:
            return [*before, replace(last, runs=(*last.runs, *ending))]
        case [*before, List(entries=[*entries, entry]) as last]:
            return [*before, replace(last, entries=(*entries, tuple(_ended(list(entry), ending))))]

    return [*blocks, Paragraph(ending)] if ending else blocks


def _columns(options: Iterable[tuple[str, Runs]]) -> int:
    longest = max(width(plain(runs)) for _, runs in options)
    return next((columns for columns, fitting in _FITTING if longest <= fitting), 1)


def _part(part: Explained, prose: Prose, known: Iterable[tuple[str, str]]) -> tuple[str, Runs]:
    """Return one part of an answer: its mark, and behind it its text, unless that is known, then why."""
    text = () if (part.mark, part.text) in known else markup.line(prose(part.text))
    right = (Run("（答案）", strong=True),) if part.is_key else ()
    rationale = markup.line(prose(part.rationale))
    why = (replace(run, style=run.style or "rationale") if isinstance(run, Run) else run for run in rationale)

    return f"{part.mark}." if part.text else part.mark, (*text, *((Run("\n"),) if text else ()), *right, *why)


def _rubric(criteria: Shares, prose: Prose, *, scored: bool) -> Table:
    """Return the criteria with their points, and their sum; with room for those of a marker."""
    listed = [(markup.line(prose(criterion.criterion)), points) for criterion, points in criteria]
    listed.append(((Run("合计"),), sum((points for _, points in listed), Fraction(0))))
    rows: list[tuple[Runs, Runs, Runs]] = [((Run("采分点"),), (Run("满分"),), (Run("得分"),))]
    rows += [(text, (Run(shown(points)),), ()) for text, points in listed]
    columns = 3 if scored else 2

    return Table(
        tuple(Row(tuple((Paragraph(runs),) for runs in row[:columns])) for row in rows),
        widths=(8, 1, 1)[:columns],
        style="rubric",
    )


def _basis(cited: Iterable[tuple[Run, str]], prose: Prose) -> tuple[Paragraph, ...]:
    """Return where the handbook says it, each place named once, and its words there."""
    quoted: dict[Run, list[Inline]] = {}
    for place, words in cited:
        said = [Run("“"), *markup.line(prose(nested(words))), Run("”")] if words else []
        quoted[place] = quoted.get(place, []) + said
    runs: list[Inline] = []
    for place, said in quoted.items():
        runs += [Run("；" if runs else "依据："), place, *([Run("："), *said] if said else [])]

    return (Paragraph(tuple(runs), "basis"),) if runs else ()
