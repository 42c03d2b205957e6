"""The rules for templates, scripts and styles that a machine can hold."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "overrides").rglob("*.html"))


def test_the_scripts_and_styles_that_templates_speak_of_are_there():
    named = {name for path in TEMPLATES for name in re.findall(r"[\w-]+\.(?:js|css)\b", path.read_text("utf-8"))}

    assert len(named) > 2
    assert named <= {path.name for path in (ROOT / "docs/assets").rglob("*.*")}
