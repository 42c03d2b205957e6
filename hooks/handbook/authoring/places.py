"""The text of a file + a name that becomes another -> the edits that say it, one kind of file after the other."""

import json
import re
from collections.abc import Callable, Iterator

from handbook.authoring.edits import Edit
from handbook.authoring.names import Renaming
from handbook.bank.stamps import KINDS
from handbook.content.sections import Page
from handbook.problems import Problem, Refusal
from handbook.reading import markup
from handbook.reading.scalars import Scalar, scalars

_WORD = re.compile(r"\S+")
_SAW = re.compile(rf'(?<!\\)"(?P<kind>{"|".join(KINDS)}) (?P<name>[^"\\]+)"(?=:)')
_REVIEWED = re.compile(r'\{"item": "(?P<id>[a-z0-9-]+)"')


def in_page(page: Page, source: str, text: str, _shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of links, of the anchor of a heading, and of markers; `source` is the page's path under the docs folder."""
    lines = text.split("\n")
    for line in markup.lines(text):
        yield from () if line.code else _links(line.number, line.prose, source, renaming)
    for section in page.sections:
        if renaming.kind == "section" and section.name == renaming.old and source.startswith(f"{renaming.folder}/"):
            start = lines[section.line - 1].rindex(f"#{section.anchor}") + 1
            yield Edit(section.line, start, start + len(section.anchor), renaming.new.partition("#")[2])
    for marker in filter(renaming.placed, page.markers):
        for found in re.finditer(rf"(?<![\w.-]){re.escape(renaming.old)}(?![\w.-])", lines[marker.line - 1]):
            yield Edit(marker.line, *found.span(), renaming.new)


def in_bank(text: str, shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of sections, evidence, ids, enemies and links; an item that is renamed remembers its former id."""

    def changed(scalar: Scalar) -> str:
        match scalar.where:
            case (_, _, "section") | (_, _, "evidence", _, "section") if not scalar.is_key:
                return renaming.section(scalar.text)
            case (_, _, "evidence", _, _) if scalar.is_key:
                return renaming.section(scalar.text)
            case (_, _, "id") | (_, _, "enemies", _) if not scalar.is_key:
                return renaming.item(scalar.text)
        return scalar.text

    yield from _in_yaml(text, shown, changed)
    yield from _former(text, renaming)
    for number, line in enumerate(text.split("\n"), 1):
        yield from _links(number, line, f"{renaming.folder}/-", renaming)


def _former(text: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield the edit that writes the id of before beside the new one, or before those that are there."""
    lines, found = text.split("\n"), list(scalars(text))
    item = next((s.where[:2] for s in found if s.where[2:] == ("id",) and renaming.item(s.text) != s.text), None)
    here = {(scalar.where[2:], scalar.is_key): scalar for scalar in found if item and scalar.where[:2] == item}
    if not here:
        return
    if before := here.get((("formerly", 0), False)):
        head = lines[before.line - 1][: before.column]
        block = head.strip() == "-"
        at = 0 if block else before.column
        yield Edit(before.line, at, at, f"{head}{renaming.old}\n" if block else f"{renaming.old}, ")
        return
    key, value = here[("id",), True], here[("id",), False]
    line = lines[value.line - 1]
    if line[: key.column].strip() in ("", "-"):
        yield Edit(value.line, len(line), len(line), f"\n{' ' * key.column}formerly: [{renaming.old}]")
    else:
        end = line.index(value.text, value.column) + len(value.text)
        end += line[end : end + 1] in ("'", '"')
        yield Edit(value.line, end, end, f", formerly: [{renaming.old}]")


def in_blueprint(text: str, shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of chapters and items."""

    def changed(scalar: Scalar) -> str:
        match scalar.where:
            case ("chapters", str()) if scalar.is_key:
                return renaming.stem(scalar.text)
            case ("cells", int(), "chapter") if not scalar.is_key:
                return renaming.stem(scalar.text)
            case ("exclude", int()) | ("enemies", int(), int()):
                return renaming.item(scalar.text)
        return scalar.text

    return _in_yaml(text, shown, changed)


def in_glossary(text: str, shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of the sections that explain terms."""
    return _in_yaml(
        text, shown, lambda s: renaming.section(s.text) if s.where[2:] == ("see",) and not s.is_key else s.text
    )


def in_card(text: str, shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of the sections from which the card takes lists and tables."""
    return _in_yaml(text, shown, lambda s: renaming.section(s.text) if s.where[2:3] == ("sections",) else s.text)


def in_configuration(text: str, shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of the navigation, and of what it need not name."""
    found = list(scalars(text))
    yield from _in_yaml(
        text, shown, lambda s: renaming.listed(s.text) if s.where[0] == "nav" and not s.is_key else s.text
    )
    lines = text.split("\n")
    path = re.compile(rf"(?<![\w.-]){re.escape(renaming.folder)}/{re.escape(renaming.old)}(?![\w.-])")
    for scalar in found:
        if scalar.where[0] in ("not_in_nav", "exclude_docs") and not scalar.is_key and renaming.kind == "chapter":
            for number in range(scalar.line, min(scalar.line + scalar.text.count("\n"), len(lines) - 1) + 1):
                for place in path.finditer(lines[number - 1]):
                    yield Edit(number, *place.span(), renaming.listed(place[0]))


def in_lock(text: str, _shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of items and of what they rest on, in lines of both editions."""
    for number, line in enumerate(text.split("\n"), 1):
        words = [] if line.startswith("#") else list(_WORD.finditer(line))
        for place, word in enumerate(words[:3]):
            kind = words[1][0] if words[1][0] in KINDS else "section"  # the first edition knew no other
            new = renaming.item(word[0]) if not place else renaming.key(kind, word[0]) if place == 2 else word[0]
            if new != word[0]:
                yield Edit(number, *word.span(), new)


def in_log(text: str, _shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of items and of what they rest on."""
    for number, line in enumerate(text.split("\n"), 1):
        item = _REVIEWED.match(line)
        if item and renaming.item(item["id"]) != item["id"]:
            yield Edit(number, *item.span("id"), renaming.item(item["id"]))
        for saw in _SAW.finditer(line):
            if (new := renaming.key(saw["kind"], saw["name"])) != saw["name"]:
                yield Edit(number, *saw.span("name"), json.dumps(new, ensure_ascii=False)[1:-1])


def in_texts(text: str, _shown: str, renaming: Renaming) -> Iterator[Edit]:
    """Yield edits of links in what was reviewed."""
    for number, line in enumerate(text.split("\n"), 1):
        yield from _links(number, line, f"{renaming.folder}/-", renaming)


def _links(number: int, prose: str, source: str, renaming: Renaming) -> Iterator[Edit]:
    for start, target in markup.links(prose) if "]" in prose else ():
        if (new := renaming.target(target, source)) != target:
            yield Edit(number, start, start + len(target), new)


def _in_yaml(text: str, shown: str, changed: Callable[[Scalar], str]) -> Iterator[Edit]:
    lines = text.split("\n")
    for scalar in scalars(text):
        if (new := changed(scalar)) != scalar.text:
            start = lines[scalar.line - 1].find(scalar.text, scalar.column)
            if start < 0:
                what = f"'{scalar.text}' 的写法太绕，程序不敢改"
                raise Refusal(Problem(shown, scalar.line, what, f"请直接写成 `{scalar.text}`，再改名"))
            yield Edit(scalar.line, start, start + len(scalar.text), new)
