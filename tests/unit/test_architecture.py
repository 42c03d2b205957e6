"""The rules of the house that a machine can hold."""

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import handbook
from handbook.items import FOLDER, KINDS, TYPES

PACKAGE = Path(handbook.__file__).parent
FLOORS = [
    floor.split()
    for floor in """
        problems
        files reading
        items content
        bank
        book
        exams review rendering leaks press
        checks pdf
        papers offline authoring
        site
        cli
    """.strip().splitlines()
]
"""The rooms of the package; one imports only from floors below its own, and within itself without going in a circle."""
ONLY = {
    "docx": {"press.wordfile", "press.wordml"},
    "typst": {"press.typst"},
    "mkdocs": {"site.mkdocs"},
    "jinja2": {"rendering"},
    "markdown": {"rendering", "content.views", "site.extension", "site.sentences", "site.tooltips", "site.zensical"},
    "yaml": {"reading.source", "reading.scalars"},
    "rich": {"cli"},
    "ortools": {"exams.solver"},
    "mmdr": {"content.flowcharts"},
    "subprocess": {"review.history", "offline"},
    "lxml": {"pdf", "press.markup", "content.pieces", "site.built", "site.origins", "site.proof"},
    "segno": {"papers.sheets"},
    "pikepdf": {"pdf.reading", "pdf.streams", "press.typst"},
    "pypdfium2": {"leaks.contents"},
}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            inside = [f"{node.module}.{name.name}" for name in node.names]
            yield from (name if name.removeprefix("handbook.") in modules() else str(node.module) for name in inside)


@cache
def modules():
    """Module paths by dotted name inside the package; a folder stands for its `__init__`, if that does anything."""
    named = {}
    for path in PACKAGE.rglob("*.py"):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        named[name] = path
    return {name: path for name, path in named.items() if path.name != "__init__.py" or imports_anything(path)}


def imports_anything(path):
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(ast.parse(path.read_text())))


def room(name):
    return name.split(".")[0]


def arrows():
    """Yield each module with each module of the package that it imports."""
    for name, path in modules().items():
        for imported in imports(path):
            if imported.startswith("handbook."):
                yield name, imported.removeprefix("handbook.")


def test_every_room_has_a_floor():
    assert sorted({room(name) for name in modules()}) == sorted(name for floor in FLOORS for name in floor)


def test_the_house_is_small_enough_to_be_known():
    assert len([name for floor in FLOORS for name in floor]) <= 20
    assert len(FLOORS) <= 10


def test_imports_point_to_lower_floors():
    height = {name: level for level, floor in enumerate(FLOORS) for name in floor}
    upward = [
        (name, imported)
        for name, imported in arrows()
        if room(name) != room(imported) and height[room(imported)] >= height[room(name)]
    ]

    assert upward == []


def test_no_room_goes_in_a_circle():
    inside = {}
    for name, imported in arrows():
        if room(name) == room(imported):
            inside.setdefault(name, set()).add(imported)

    TopologicalSorter(inside).prepare()  # raises CycleError


def test_libraries_are_known_to_one_module():
    strangers = [
        (name, library)
        for name, path in modules().items()
        for library in {imported.split(".")[0] for imported in imports(path)} & ONLY.keys()
        if ONLY[library].isdisjoint({name, room(name)})
    ]

    assert strangers == []


def test_only_the_command_line_prints():
    printing = [
        name
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert {"cli"} == {room(name) for name in printing}


def test_every_module_says_what_it_turns_into_what():
    silent = [
        name for name, path in modules().items() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_no_type_of_item_is_known_by_name_outside_its_folder():
    """Whoever asks an item what it can do goes on working when a type is added."""
    root = PACKAGE.parents[1]
    files = [*PACKAGE.rglob("*.py"), *(root / "overrides").rglob("*.html"), *(root / "docs/assets").rglob("*.[jc]s*")]
    names = re.compile("|".join(f"[\"'=\\[]({name})[\"'\\]]" for name in (*TYPES, *KINDS)))
    knowing = [
        (path.relative_to(root).as_posix(), line.strip())
        for path in files
        if FOLDER not in path.parents
        for line in path.read_text(encoding="utf-8").splitlines()
        if names.search(line) and 'val="single"' not in line  # Word's name for a line that is not doubled
    ]

    assert knowing == []
