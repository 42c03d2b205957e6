"""Named styles, pictures, links, heads and feet -> the parts of a Word file, the same bytes each time.

The file says of itself only its title and its language: neither date nor author nor program. Knows nothing of blocks.
"""

import io
import zipfile
from copy import deepcopy
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from handbook.files import zipped
from handbook.press.looks import Font, Looks, Pair, Style
from handbook.press.tree import Picture
from handbook.press.wordml import element, indent, twips

_NEEDLESS = ("thumbnail", "customXml", "stylesWithEffects", "extended-properties", "webSettings", "numbering")
_LANGUAGE = {"val": "en-US", "eastAsia": "zh-CN"}


class WordFile:
    """A Word document whose body, header and footer are filled by others."""

    def __init__(self, title: str, looks: Looks, colour: str) -> None:
        self._document = Document()
        self._looks, self._colour = looks, colour
        self._anchors: dict[str, str] = {}
        self._drawings = 0
        self.body: Any = self._document.element.body
        self._defined = set[str]()
        self._empty(title)
        self.style("")  # what a trainer adds in Word

    def style(self, role: str, kind: str = "paragraph") -> str:
        """Return the id of a style, defined at first use: a candidate's paper does not even name those of the key."""
        known = self._looks.known(role)
        if known not in self._defined:
            look = self._looks.style(known)
            pair: Pair = getattr(self._looks.fonts, look.fonts)
            self._document.styles.element.append(_style(known, look, pair, kind, self._colour))
            self._defined.add(known)

        return known

    def anchor(self, name: str) -> str:
        """Return the bookmark of an anchor, in the few characters that Word allows."""
        return self._anchors.setdefault(name, f"_a{len(self._anchors) + 1}")

    def linked(self, run: Any, address: str) -> Any:
        """Return a run that leads to an address outside."""
        made = element("hyperlink", run)
        made.set(qn("r:id"), self._document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

        return made

    def picture(self, picture: Picture, width: float, height: float) -> Any:
        """Return a drawing, as large as there is room or as its picture wants to be."""
        inline = self._document.part.new_pic_inline(io.BytesIO(picture.content), Mm(picture.width or width))
        if inline.extent.cy > Mm(height):
            inline = self._document.part.new_pic_inline(io.BytesIO(picture.content), height=Mm(height))
        self._drawings += 1
        about = {"id": str(self._drawings), "name": f"图 {self._drawings}", "descr": picture.alt}
        for name, value in about.items():
            inline.docPr.set(name, value)

        return element("r", element("drawing", inline))

    def references(self, header: list[Any], footer: list[Any], first: list[Any]) -> list[Any]:
        """Return what ties heads and feet to a section; with a header for the `first` page, it has the same foot."""
        pages, found = self._document.sections[0], self.body.sectPr
        same = footer if first else []
        parts = {"header": header, "footer": footer, "first_page_header": first, "first_page_footer": same}
        for name in filter(parts.get, parts):
            part: Any = getattr(pages, name)
            part.is_linked_to_previous = False
            part._element[:] = deepcopy(parts[name])

        return [one for one in found if one.tag in (qn("w:headerReference"), qn("w:footerReference"))]

    def data(self) -> bytes:
        """Return the file: its members sorted, at a time that says nothing."""
        written = io.BytesIO()
        self._document.save(written)
        with zipfile.ZipFile(written) as source:
            return zipped({name: source.read(name) for name in source.namelist()})

    def _empty(self, title: str) -> None:
        """Drop what the template of python-docx says, and say what holds for all."""
        part = self._document.part
        for rels in (part.rels, part.package.rels):
            for name in [name for name, rel in rels.items() if rel.reltype.endswith(_NEEDLESS)]:
                del rels[name]
        properties = self._document.core_properties
        properties._element[:] = []
        properties.title, properties.language = title, "zh-CN"
        self._document.settings.element[:] = _settings()
        fonts = self._looks.fonts
        self._document.styles.element[:] = [_defaults(fonts.body)]
        families = dict.fromkeys(font for pair in (fonts.body, fonts.heading) for font in (pair.latin, pair.chinese))
        table = next(one for one in part.package.iter_parts() if one.partname == "/word/fontTable.xml")
        table._blob = serialize_part_xml(element("fonts", *map(_font, families)))


def _settings() -> list[Any]:
    """Return what makes Word break lines by Chinese rules, and take the file for one of today's."""
    modern = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    return [
        element("zoom", percent=100),
        element("defaultTabStop", val=420),
        element("characterSpacingControl", val="compressPunctuation"),
        element("compat", element("useFELayout"), element("compatSetting", **modern)),
        element("themeFontLang", **_LANGUAGE),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    ]


def _defaults(pair: Pair) -> Any:
    layout = element("pPr", element("widowControl"), element("kinsoku"), element("overflowPunct"))
    return element(
        "docDefaults",
        element("rPrDefault", element("rPr", _fonts(pair), element("lang", **_LANGUAGE))),
        element("pPrDefault", layout),
    )


def _style(role: str, look: Style, pair: Pair, kind: str, colour: str) -> Any:
    """Return the definition of a named style; one of characters changes only what it names."""
    name, base = look.name or role, role == "paragraph"
    line = {"line": round(look.line * 20) or 240, "lineRule": "exact" if look.line else "auto"}
    layout = element(
        "pPr",
        element("keepNext") if look.keep else None,
        element("keepLines"),
        element("spacing", before=twips(look.before), after=twips(look.after), **line),
        indent(look.left, look.hanging, look.right),
        element("jc", val=look.align),
        element("outlineLvl", val=int(name[-1]) - 1) if name.startswith("heading ") else None,
    )
    words = {
        "fonts": [_fonts(pair)],
        "bold": [element("b", val=int(look.bold))],
        "colour": [element("color", val=(colour if look.company else look.colour)[1:])],
        "size": [element(name, val=round(look.size * 2)) for name in ("sz", "szCs")],
    }
    changed = [
        one for field, found in words.items() if kind == "paragraph" or field in look.model_fields_set for one in found
    ]
    return element(
        "style",
        element("name", val=name),
        None if base or kind != "paragraph" else element("basedOn", val="paragraph"),
        element("qFormat"),
        layout if kind == "paragraph" else None,
        element("rPr", *changed),
        type=kind,
        styleId=role,
        **({"default": 1} if base else {} if name.isascii() else {"customStyle": 1}),
    )


def _fonts(pair: Pair) -> Any:
    latin, chinese = pair.latin.name, pair.chinese.name
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def _font(font: Font) -> Any:
    return element(
        "font",
        element("altName", val=font.instead),
        element("charset", val="00" if font.name.isascii() else "86"),
        element("family", val=font.family),
        element("pitch", val="variable"),
        name=font.name,
    )
