"""Paper, answer sheet, answer key -> Word documents that say the same as the PDFs. Knows nothing of docx."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TypeVar

from handbook.papers.answers import AnswerKey, ExplainedPart, KeyItem, KeyPart
from handbook.papers.paper import Group, Heading, Masthead, Paper, PaperItem
from handbook.papers.prose import Block, Paragraph, Run, Runs
from handbook.papers.sheets import GAP, NUMBER, ROWS, AnswerSheet, SheetPart
from handbook.papers.word import WordDocument

_FIELDS = ("姓名", "工号", "座位号", "得分")
_ABREAST = 10
T = TypeVar("T")
_OPTION_STYLES = {1: "选项", 2: "选项两栏", 4: "选项四栏"}


def paper_document(paper: Paper) -> bytes:
    """Return the candidate's paper."""
    document = _begun(paper.masthead, "试卷", "")
    _add_fields(document)
    _add_totals(document, [part.heading for part in paper.parts], [("总分", paper.masthead.points)])
    document.paragraph("考试说明", (Run("考试说明", strong=True),), with_next=True)
    _add_blocks(document, paper.instructions, "考试说明")
    for part in paper.parts:
        _add_heading(document, part.heading)
        for group in part.groups:
            _add_group(document, group)

    return document.data()


def answer_sheet_document(sheet: AnswerSheet) -> bytes:
    """Return the answer sheet, on one page; raises TooManyBoxes."""
    document = _begun(sheet.masthead, "答题卡", "")
    _add_fields(document)
    document.paragraph("考试说明", sheet.instructions)
    for part in sheet.parts:
        document.paragraph("答题卡标题", part.title, with_next=True)
        _add_boxes(document, part, ROWS[sheet.density])
    for written in _batches(sheet.written):
        document.paragraph("间隔", "")
        _add_totals(document, (), written)

    return document.data()


def answer_key_document(key: AnswerKey) -> bytes:
    """Return the answer key."""
    document = _begun(key.masthead, "答案与评分标准", " · 答案，注意保密")
    document.paragraph("Heading 1", (Run("评分表", strong=True),))
    for part in key.parts:
        _add_marking(document, part)
    marks = [("总分", key.masthead.points), ("及格线", key.masthead.pass_points)]
    _add_totals(document, [part.heading for part in key.parts], marks)
    for part in key.parts:
        _add_heading(document, part.heading)
        for item in part.items:
            _add_answer(document, item)

    return document.data()


def _begun(masthead: Masthead, kind: str, footer_note: str) -> WordDocument:
    title = f"{masthead.title}（{masthead.letter} 卷）"
    document = WordDocument(f"{title}{kind}", f"{masthead.footer}{footer_note}")
    document.paragraph("Title", title)
    if kind != "试卷":
        document.paragraph("Subtitle", kind)
    document.paragraph("考试信息", masthead.terms)

    return document


def _add_fields(document: WordDocument) -> None:
    row = [cell for field in _FIELDS for cell in (field, "")]
    document.table([row], [16, 27.5] * len(_FIELDS), height=8)
    document.paragraph("间隔", "")


def _add_totals(document: WordDocument, parts: Iterable[Heading], others: Iterable[tuple[object, object]]) -> None:
    """Add a table in which the marker enters points, below how many there are at most."""
    heads, points = zip(*((part.numeral, part.points) for part in parts), *others, strict=True)
    rows = [["题号", *map(str, heads)], ["满分", *map(str, points)], ["得分", *("" for _ in heads)]]
    document.table(rows)
    document.paragraph("间隔", "")


def _add_heading(document: WordDocument, heading: Heading) -> None:
    document.paragraph("Heading 1", (Run(heading.title, strong=True), Run(heading.rule)))


def _add_group(document: WordDocument, group: Group) -> None:
    if group.stimulus:
        document.paragraph("材料", (Run(group.label, strong=True),), with_next=True)
        _add_blocks(document, group.stimulus, "材料", with_next=True)
    for item in group.items:
        _add_item(document, item)


def _add_item(document: WordDocument, item: PaperItem) -> None:
    answered_below = bool(item.prompts or item.options or item.lines)
    _add_stem(document, item.number, item.stem, item.bracket, with_next=answered_below)
    for index, prompt in enumerate(item.prompts, 1):
        document.paragraph("选项", (Run(f"（{index}）\t"), *prompt), with_next=True)
    rows = list(_batches(item.options, item.columns))
    for index, row in enumerate(rows, 1):
        document.paragraph(_OPTION_STYLES[item.columns], _abreast(row), with_next=index < len(rows))
    for index in range(1, item.lines + 1):
        document.paragraph("答题行", "\t", with_next=index < item.lines)


def _abreast(options: Sequence[tuple[str, Runs]]) -> Runs:
    """Return options that stand beside each other, each behind its letter, parted by tabs."""
    first, *others = [(Run(f"{letter}.\t"), *option) for letter, option in options]
    return (*first, *(run for option in others for run in (Run("\t"), *option)))


def _add_stem(
    document: WordDocument, number: int, stem: Sequence[Block], bracket: str = "", *, with_next: bool = True
) -> None:
    """Add a numbered stem, with the bracket for the response at its end."""
    first, *others = stem
    runs = first.runs if isinstance(first, Paragraph) else ()
    ending = Run("" if others else bracket)
    document.paragraph("题干", (Run(f"{number}.\t"), *runs, ending), with_next=with_next or bool(others))
    _add_blocks(document, others if runs else stem, "题干续段", ending=bracket, with_next=with_next)


def _add_blocks(
    document: WordDocument, blocks: Sequence[Block], style: str, *, ending: str = "", with_next: bool = False
) -> None:
    """Add paragraphs, list entries and tables; `ending` follows the last paragraph."""
    for index, block in enumerate(blocks, 1):
        last = index == len(blocks)
        if not isinstance(block, Paragraph):
            document.table(block.rows, style="表格正文")
        elif block.marker:
            runs = (Run(f"{block.marker}\t"), *block.runs, Run(ending if last else ""))
            document.paragraph("列表" if style != "考试说明" else "说明列表", runs, with_next=with_next or not last)
        else:
            document.paragraph(style, (*block.runs, Run(ending if last else "")), with_next=with_next or not last)


def _add_boxes(document: WordDocument, part: SheetPart, height: float) -> None:
    """Add the boxes row by row, across the blocks that stand beside each other."""
    for band in _batches(part.blocks, part.abreast):
        for row in zip_longest(*band):
            cells = [f"{number}\t{' '.join(f'[{box}]' for box in boxes)}" for number, boxes in filter(None, row)]
            stops = [place * part.width + shift for place in range(part.abreast) for shift in (0, NUMBER)][1:]
            document.paragraph("答题卡行", "\t".join(cells), tabs=stops, height=height)
        document.paragraph("间隔", "", height=GAP)


def _add_marking(document: WordDocument, part: KeyPart) -> None:
    """Add number, key, points and room for the score of each item, ten abreast."""
    widths = [27, *[13.4] * _ABREAST, 13]
    for start, items in enumerate(_batches(part.items)):
        last = (start + 1) * _ABREAST >= len(part.items)
        rows = [["" if start else part.heading.title, *(str(item.number) for item in items)]]
        if part.keys:
            rows.append(["答案", *(item.key for item in items)])
        rows += [["满分", *(str(item.points) for item in items)], ["得分"]]
        ends = {0: "小计", len(rows) - 2: str(part.heading.points)} if last else {}
        padded = [[*row, *[""] * (_ABREAST + 1 - len(row)), ends.get(index, "")] for index, row in enumerate(rows)]
        document.table(padded, widths)
        document.paragraph("间隔", "")


def _add_answer(document: WordDocument, item: KeyItem) -> None:
    _add_stem(document, item.number, item.stem)
    if not item.rubric:
        document.paragraph("答案", f"答案：{item.key}", with_next=True)
        for part in item.parts:
            _add_explained(document, part)
    else:
        document.paragraph("答案", "参考答案", with_next=True)
        _add_blocks(document, item.model_answer, "参考答案", with_next=True)
        rubric = [(criterion, points, "") for criterion, points in item.rubric]
        total = ("合计", str(item.points), "")
        document.table([("采分点", "满分", "得分"), *rubric, total], [134, 20, 20], style="表格正文")
    document.paragraph("依据", f"依据：{item.basis}　题目编号：{item.item}")


def _add_explained(document: WordDocument, part: ExplainedPart) -> None:
    right = (Run("（答案）", strong=True),) if part.is_key else ()
    rationale = (*right, *part.rationale)
    if part.text:
        document.paragraph("选项", (Run(f"{part.mark}.\t"), *part.text), with_next=True)
        document.paragraph("解析", rationale, with_next=True)
    else:
        document.paragraph("选项", (Run(f"{part.mark}\t"), *rationale), with_next=True)


def _batches(things: Iterable[T], size: int = _ABREAST) -> Iterator[tuple[T, ...]]:
    rest = iter(things)
    while batch := tuple(islice(rest, size)):
        yield batch
