"""The rules of the house that a machine can hold."""

import ast
from functools import cache
from pathlib import Path

import handbook

PACKAGE = Path(handbook.__file__).parent
LAYERS = [
    layer.split()
    for layer in """
        problems reading.digests review.differences content.flowcharts site.scripts pdf.names papers.styles papers.prose papers.elements
        reading.slips files failures leaks.contents
        reading.source
        reading.validation moment pdf.fonts papers.word
        items content.facts content.sections bank.lock content.lookup bank.blueprints pdf.engine archive
        bank.entries content.settings exams.forms exams.pool
        checks.names checks.blueprints exams.solver exams.arranging papers.paper pdf.freshness
        book exams.selection papers.sheets papers.answers
        leaks.private review.sync checks.figures checks.coverage checks.writing exams.shortage papers.records exams.balance leaks.secrets papers.documents
        checks.all review.changes review.history rendering exams.assembly papers.reprints
        site.learning site.listings site.mock papers.issuing offline pdf.site_pages
        site.pages pdf.manuscript pdf.proof
        pdf.printing
        site.mkdocs cli.parsing cli.reporting
        cli.leaks cli.offline cli.publishing cli.reviewing cli.papers
        cli.exams
        cli
        cli.__main__
    """.strip().splitlines()
]
"""A module imports only from lines above its own."""
ONLY = {
    "docx": {"papers.word", "papers.elements"},
    "mkdocs": {"site.mkdocs"},
    "jinja2": {"rendering"},
    "markdown": {"rendering"},
    "yaml": {"reading.source"},
    "rich": {"cli"},
    "ortools": {"exams.solver"},
    "mmdr": {"content.flowcharts"},
    "subprocess": {"review.history", "offline"},
    "weasyprint": {"pdf.engine"},
    "fontTools": {"pdf.fonts"},
    "lxml": {"pdf"},
    "pikepdf": {"pdf.proof"},
    "pypdfium2": {"leaks.contents", "pdf.proof"},
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


def test_every_module_has_a_layer():
    assert sorted(modules()) == sorted(name for layer in LAYERS for name in layer)


def test_imports_point_to_lower_layers():
    height = {name: level for level, layer in enumerate(LAYERS) for name in layer}
    upward = [
        (name, imported)
        for name, path in modules().items()
        for imported in imports(path)
        if imported.startswith("handbook.") and height[imported.removeprefix("handbook.")] >= height[name]
    ]

    assert upward == []


def test_libraries_are_known_to_one_module():
    strangers = [
        (name, library)
        for name, path in modules().items()
        for library in {imported.split(".")[0] for imported in imports(path)} & ONLY.keys()
        if ONLY[library].isdisjoint({name, name.split(".")[0]})
    ]

    assert strangers == []


def test_only_the_command_line_prints():
    printing = [
        name
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert {"cli"} == {name.split(".")[0] for name in printing}


def test_every_module_says_what_it_turns_into_what():
    silent = [
        name for name, path in modules().items() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []
