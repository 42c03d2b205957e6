"""The rules for templates, scripts and styles that a machine can hold."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
KINDS = ROOT / "hooks/handbook/items"
SHEETS = sorted([*(ROOT / "docs/assets").rglob("*.css"), *KINDS.rglob("*.css")])
TEMPLATES = sorted(
    path for path in [*(ROOT / "overrides").rglob("*.html"), *KINDS.rglob("*.html")] if path.name != "golden.html"
)


def test_the_scripts_and_styles_that_templates_speak_of_are_there():
    named = {name for path in TEMPLATES for name in re.findall(r"[\w-]+\.(?:js|css)\b", path.read_text("utf-8"))}

    assert len(named) > 2
    assert named <= {path.name for path in (ROOT / "docs/assets").rglob("*.*")}


def test_every_button_looks_like_one():
    buttons = [button for path in TEMPLATES for button in re.findall(r"<button [^>]*>", path.read_text("utf-8"))]

    assert len(buttons) > 20
    assert [button for button in buttons if not re.search(r'class="handbook-button[ "]', button)] == []


def test_colours_are_named_once_in_the_palette():
    without = re.compile(r"/\*.*?\*/|^ *--[\w-]+: [^;]+;", re.DOTALL | re.MULTILINE)
    sheets = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in SHEETS}
    loose = {
        name: re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", without.sub("", text)) for name, text in sheets.items()
    }
    named = {name for name, text in sheets.items() if re.search(r"^ *--[\w-]+: #", text, re.MULTILINE)}

    assert named == {"docs/assets/stylesheets/handbook.css"}
    assert {name: found for name, found in loose.items() if found} == {}


def test_every_property_that_a_sheet_uses_has_a_value():
    text = "".join(path.read_text("utf-8") for path in SHEETS)
    used = {name for name in re.findall(r"var\((--[\w-]+)", text) if not name.startswith("--md-")}  # the theme's

    assert len(used) > 10
    assert used <= set(re.findall(r"(--[\w-]+):", text))


def test_no_rule_of_a_sheet_shouts():
    assert [path.name for path in SHEETS if "!important" in path.read_text("utf-8")] == []
