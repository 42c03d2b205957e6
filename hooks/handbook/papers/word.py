"""Paragraphs in named styles and tables -> a Word document, the same bytes each time.

The only module that knows docx. Knows nothing of exams. The document carries neither date nor author nor preview.
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat

from handbook.files import zipped
from handbook.papers.prose import Run, Runs
from handbook.papers.styles import STYLES, TEXT_WIDTH, Style

_NEEDLESS = ("thumbnail", "customXml", "stylesWithEffects")
_NAMELESS = ("creator", "description", "created", "modified", "lastModifiedBy", "revision")
_AFTER_BOX = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")

Content = Runs | str
Rows = Sequence[Sequence[Content]]


class WordDocument:
    """One A4 document that is filled from top to bottom."""

    def __init__(self, title: str, footer: str) -> None:
        self._document = Document()
        self._describe(title)
        self._set_page()
        self._styles: dict[str, Any] = {}
        self._style("Normal")  # what a trainer adds in Word
        self._set_footer(footer)

    def paragraph(
        self, style: str, content: Content, *, with_next: bool = False, tabs: Sequence[float] = (), height: float = 0
    ) -> None:
        """Add a paragraph; a tab in its text moves on to the next stop. `with_next` keeps it on the next one's page.

        `tabs` and `height` of a line, in millimetres, where they depend on what is printed.
        """
        paragraph = self._document.add_paragraph(style=self._style(style))
        paragraph.paragraph_format.keep_with_next = with_next or None
        _set_lines(paragraph.paragraph_format, tabs, height)
        _fill(paragraph, content)

    def table(self, rows: Rows, widths: Sequence[float] = (), *, style: str = "表格文字", height: float = 0) -> None:
        """Add a table, its columns alike or of given millimetres; its first row is repeated on each page it runs to."""
        widths = widths or [TEXT_WIDTH / len(rows[0])] * len(rows[0])
        table = self._document.add_table(len(rows), len(widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.RIGHT, False
        narrow = (_element(side, w="20", type="dxa") for side in ("left", "right"))  # for five letters of a key
        table._tbl.tblPr.insert_element_before(_element("tblCellMar", *narrow), "w:tblLook")
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, (row, contents) in enumerate(zip(table.rows, rows, strict=True)):
            row._tr.get_or_add_trPr().append(_element("cantSplit"))
            row.height = Mm(height) if height else None
            for cell, content, width in zip(row.cells, contents, widths, strict=True):
                cell.width, cell.vertical_alignment = Mm(width), WD_CELL_VERTICAL_ALIGNMENT.CENTER
                cell.paragraphs[0].style = self._style(style)
                cell.paragraphs[0].paragraph_format.keep_with_next = number + 1 < len(rows)
                _fill(cell.paragraphs[0], content)
        table.rows[0]._tr.get_or_add_trPr().append(_element("tblHeader"))

    def data(self) -> bytes:
        """Return the file: its members sorted, at a time that says nothing."""
        written = io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as source:
            return zipped({name: source.read(name) for name in source.namelist()})

    def _describe(self, title: str) -> None:
        """Name the document, and drop what the template says of itself."""
        part = self._document.part
        for rels in (part.rels, part.package.rels):
            for name in [name for name, rel in rels.items() if rel.reltype.endswith(_NEEDLESS)]:
                del rels[name]
        properties = self._document.core_properties
        properties.title, properties.language = title, "zh-CN"
        for element in list(properties._element):
            if element.tag.rpartition("}")[2] in _NAMELESS:
                properties._element.remove(element)
        settings, defaults = self._document.settings.element, self._document.styles.element.find("{*}docDefaults")
        modern = next(one for one in settings.iter("{*}compatSetting") if "compatibilityMode" in one.attrib.values())
        modern.set(qn("w:val"), "15")  # or Word opens it as a document of an older Word
        settings.find("{*}themeFontLang").set(qn("w:eastAsia"), "zh-CN")
        next(defaults.iter("{*}lang")).set(qn("w:eastAsia"), "zh-CN")

    def _set_page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = Mm(18)
        section.bottom_margin, section.footer_distance = Mm(20), Mm(10)

    def _style(self, name: str) -> Any:
        """Return a style, defined at first use: a candidate's paper does not even name those of the answer key."""
        if name not in self._styles:
            self._styles[name] = self._defined(name, STYLES[name])

        return self._styles[name]

    def _defined(self, name: str, style: Style) -> Any:
        styles = self._document.styles
        defined: Any = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        for inherited in (defined.element.pPr, defined.element.rPr):
            if inherited is not None:
                defined.element.remove(inherited)
        defined.quick_style = True
        defined.font.size, defined.font.color.rgb = Pt(style.size), RGBColor(0, 0, 0)
        defined.font.bold = style.bold
        latin, chinese = style.fonts
        defined.font.name = latin
        defined.element.rPr.rFonts.set(qn("w:eastAsia"), chinese)
        layout = defined.paragraph_format
        layout.space_before, layout.space_after = Mm(style.before), Mm(style.after)
        layout.left_indent, layout.first_line_indent = Mm(style.left), Mm(-style.hanging)
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if style.centred else WD_ALIGN_PARAGRAPH.LEFT
        layout.line_spacing = 1.25
        layout.keep_together, layout.keep_with_next = True, name == "Heading 1"
        _set_lines(layout, style.tabs, style.height or 0, ruled=style.ruled, to_the_right=style.to_the_right)
        if name == "Heading 1":
            defined.element.pPr.append(_element("outlineLvl", val="0"))
        if style.boxed:
            sides = ("top", "left", "bottom", "right")
            box = (_element(side, val="single", sz="4", space="4", color="808080") for side in sides)
            defined.element.pPr.insert_element_before(_element("pBdr", *box), *_AFTER_BOX)

        return defined

    def _set_footer(self, text: str) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.style = self._style("Footer")
        for before, counted in ((f"{text}\t第 ", "PAGE"), (" / ", "NUMPAGES")):
            paragraph.add_run(before)
            number = _element("t")
            number.text = "1"  # Word works it out
            paragraph._p.append(_element("fldSimple", _element("r", number), instr=counted))
        paragraph.add_run(" 页")


def _element(name: str, *inside: Any, **attributes: str) -> Any:
    """Return an element of WordprocessingML, for what python-docx has no words for."""
    element = OxmlElement(f"w:{name}", {qn(f"w:{attribute}"): value for attribute, value in attributes.items()})
    element.extend(inside)

    return element


def _fill(paragraph: Paragraph, content: Content) -> None:
    """Write runs; ambiguous characters such as quotation marks take the Chinese font."""
    for run in (Run(content),) if isinstance(content, str) else content:
        added: Any = paragraph.add_run(run.text)
        added.bold = run.strong or None
        added._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _set_lines(
    layout: ParagraphFormat, tabs: Sequence[float], height: float, *, ruled: bool = False, to_the_right: bool = False
) -> None:
    leader = WD_TAB_LEADER.LINES if ruled else WD_TAB_LEADER.SPACES
    alignment = WD_TAB_ALIGNMENT.RIGHT if ruled or to_the_right else WD_TAB_ALIGNMENT.LEFT
    for position in tabs:
        layout.tab_stops.add_tab_stop(Mm(position), alignment, leader)
    if height:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Mm(height)
