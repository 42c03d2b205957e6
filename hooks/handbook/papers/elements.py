"""What python-docx has no words for, as elements of WordprocessingML. Knows nothing of papers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_AFTER_BOX = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def add_field(paragraph: "Paragraph", instruction: str) -> None:
    """Add a number that Word works out for itself."""
    field = add(paragraph._p, "fldSimple", instr=instruction)
    add(add(field, "r"), "t").text = "1"


def set_margins(properties: Any) -> None:
    """Leave a fifth of the usual room beside what stands in a cell: keys of five letters must fit into narrow ones."""
    margins = _new("tblCellMar")
    properties.insert_element_before(margins, "w:tblLook")
    for side in ("left", "right"):
        add(margins, side, w="20", type="dxa")


def add_box(properties: Any) -> None:
    """Draw a frame around the paragraphs of a style; neighbours share it."""
    box = _new("pBdr")
    for side in ("top", "left", "bottom", "right"):
        add(box, side, val="single", sz="4", space="4", color="808080")
    properties.insert_element_before(box, *_AFTER_BOX)


def add(parent: Any, name: str, **attributes: str) -> Any:
    """Append an element of Word's namespace, with attributes of the same."""
    child = _new(name, **attributes)
    parent.append(child)

    return child


def _new(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        element.set(w(attribute), value)

    return element


def w(name: str) -> str:
    """Return the name that Word's files write as `w:name`."""
    return f"{{{_NAMESPACE}}}{name}"
