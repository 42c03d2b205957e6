"""Marks, spaces and punctuation of a part -> others that a reader does not read anything else from."""

import re
from collections.abc import Iterator

from tests.drift.handbook import Handbook
from tests.drift.parts import Part, Span, lines, paragraphs
from tests.drift.planting import Planting
from tests.drift.words import Turn

_HALF = str.maketrans("，；：？！（）", ",;:?!()")
_PHRASE = r"(?<=[，。；：、])[\u4e00-\u9fff]{2,6}(?=[，。；、])"
_EVERYWHERE: dict[str, tuple[str, Turn]] = {
    "width of punctuation": (r"[，；：？！]", lambda found: found[0].translate(_HALF)),
    "width of brackets": (r"(?<!\])（[^（）\n|]{2,20}）", lambda found: found[0].translate(_HALF)),
    "other quotation marks": (r"“[^“”\n]+”", lambda found: f"「{found[0][1:-1]}」"),
    "`**x**` into `<strong>`": (r"\*\*([^*\n]+)\*\*", lambda found: f"<strong>{found[1]}</strong>"),
    "bold removed": (r"\*\*([^*\n]+)\*\*", lambda found: found[1]),
    "`<br>` between sentences": (r"(?<=[\u4e00-\u9fff）][。；])(?=[\u4e00-\u9fff])", lambda _: "<br>"),
    "`&nbsp;` between sentences": (r"(?<=[。；，])(?=[\u4e00-\u9fff])", lambda _: "&nbsp;"),
    "`&nbsp;` before a unit": (r"(?<=\d)(?=[条年月日])", lambda _: "&nbsp;"),
    "space beside a figure": (r"(?<=[\u4e00-\u9fff])(?=\d)", lambda _: " "),
    "dash of a range": (r"(?<=\d)—(?=\d)", lambda _: "~"),
    "dash of a range, full width": (r"(?<=\d)—(?=\d)", lambda _: "～"),
    "dash of a range, short": (r"(?<=\d)—(?=\d)", lambda _: "–"),
    "spaces of a reference": (r"\{\{ ([a-z-]+) \}\}", lambda found: f"{{{{{found[1]}}}}}"),
    "more spaces of a reference": (r" ?\{\{ ([a-z-]+) \}\}", lambda found: f"{{{{  {found[1]} }}}}"),
    "comment within a line": (r"(?<=[。；])(?=[\u4e00-\u9fff])", lambda _: "<!-- 待核对 -->"),
    "title of a link": (r"(?<=\.md)(?:#[a-z-]+)?(?=\))", lambda found: f'{found[0]} "去那一节"'),
}
_IN_PARAGRAPHS: dict[str, tuple[str, Turn]] = {
    "line wrapped": (r"(?<=[，。；])(?=[\u4e00-\u9fff])", lambda _: "\n"),
    "`\\` at a break": (r"(?<=[。；])(?=[\u4e00-\u9fff])", lambda _: "\\\n"),
    "two spaces at a break": (r"(?<=[。；])(?=[\u4e00-\u9fff])", lambda _: "  \n"),
    "space at the end of a line": (r"$", lambda _: " "),
}


def neutral_words(book: Handbook) -> Iterator[Planting]:
    """Yield these changes wherever they can be made."""
    for part in book.parts:
        text = book.texts[part.path]
        for start, end in lines(text, part):
            yield from _made(text, part, (start, end), _EVERYWHERE)
            if "**" not in text[start:end]:
                yield from _emphasis(text, part, (start, end))
        for place in paragraphs(text, part):
            yield from _made(text, part, place, _IN_PARAGRAPHS)


def neutral(kind: str, part: Part, place: Span, before: str, after: str) -> Planting:
    """Return a change that nobody has to read anything again for."""
    return Planting(kind, part.path, *place, before, after)


def _made(text: str, part: Part, place: Span, rules: dict[str, tuple[str, Turn]]) -> Iterator[Planting]:
    for kind, (pattern, turn) in rules.items():
        for found in re.compile(pattern).finditer(text, *place):
            yield neutral(kind, part, found.span(), found[0], turn(found))


def _emphasis(text: str, part: Part, place: Span) -> Iterator[Planting]:
    """Words set in bold or italics, and the signs for it exchanged; the second stands between signs, or it is none."""
    for found in re.compile(_PHRASE).finditer(text, *place):
        words = found[0]
        yield neutral("bold added", part, found.span(), words, f"**{words}**")
        yield neutral("`*x*` into `_x_`", part, found.span(), f"*{words}*", f"_{words}_")
        yield neutral("`**x**` into `__x__`", part, found.span(), f"**{words}**", f"__{words}__")
