"""The rules of the house that a machine can hold."""

import ast
from pathlib import Path

import handbook

PACKAGE = Path(handbook.__file__).parent
LAYERS = [
    {"problems", "digests", "wording", "flowcharts"},
    {"source"},
    {"validation"},
    {"items", "facts", "sections", "lock", "lookup"},
    {"bank", "settings"},
    {"book"},
    {"sync", "figures", "coverage", "writing"},
    {"checks", "changes", "history", "rendering"},
    {"pages"},
    {"site", "cli"},
]
ONLY = {
    "mkdocs": {"site"},
    "jinja2": {"rendering"},
    "markdown": {"rendering"},
    "yaml": {"source"},
    "rich": {"cli"},
    "mmdr": {"flowcharts"},
    "subprocess": {"history"},
}


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "handbook":
            yield from (f"handbook.{name.name}" for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def modules():
    return {path.stem: path for path in PACKAGE.glob("*.py") if path.stem != "__init__"}


def test_every_module_has_a_layer():
    assert modules().keys() == set().union(*LAYERS)


def test_imports_point_to_lower_layers():
    height = {name: level for level, layer in enumerate(LAYERS) for name in layer}
    upward = [
        (name, imported)
        for name, path in modules().items()
        for imported in imports(path)
        if imported.startswith("handbook.") and height[imported.split(".")[1]] >= height[name]
    ]

    assert upward == []


def test_libraries_are_known_to_one_module():
    strangers = [
        (name, library)
        for name, path in modules().items()
        for library in {imported.split(".")[0] for imported in imports(path)} & ONLY.keys()
        if name not in ONLY[library]
    ]

    assert strangers == []


def test_only_the_command_line_prints():
    printing = [
        name
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert {"cli"} == set(printing)


def test_every_module_says_what_it_turns_into_what():
    silent = [
        name for name, path in modules().items() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []
