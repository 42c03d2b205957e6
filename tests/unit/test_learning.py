import json

import pytest
from tests.conftest import ROOT, write_files

from handbook.book import read_book
from handbook.items import revision
from handbook.rendering import Renderer
from handbook.site.learning import chapters_script, notebook, progress

ITEM = """  - id: ID
    type: single
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 第 ID 题</script>
    options:
      - {text: 三日内, key: true, rationale: 见正文。}
      - {text: 十日内, rationale: 见正文。}
"""
ESSAY = """  - id: essay
    type: short_answer
    section: claims.md#deadlines
    level: understand
    difficulty: 2
    stem: 说明拒赔的时限。
    model_answer: 三日内。
    rubric: [{criterion: 三日内, points: 2}]
"""


@pytest.fixture
def book(project):
    bank = "items:\n" + "".join(ITEM.replace("ID", name) for name in ("one", "two")) + ESSAY
    bank = bank.replace("id: one\n", "id: one\n    formerly: [first, uno]\n")
    write_files(project, {"docs/bank/claims.yml": bank, "docs/placed.md": "# 页 { #page }\n\n<!-- quiz: two -->\n"})
    return read_book(project / "mkdocs.yml")


def test_the_script_names_every_item_of_a_chapter_with_its_revision(book):
    script = chapters_script(book, lambda name: f"chapters/{name}")
    before = "window.handbook = { ...window.handbook, chapters: "
    chapters, _, renamed = script.removeprefix(before).removesuffix(" };\n").partition(", renamed: ")
    table = json.loads(chapters)

    revisions = {name: revision(book.bank.by_id[name].item, book.seen) for name in ("one", "two", "essay")}
    assert table == [{"name": "claims", "label": "第 1 章", "url": "chapters/claims.md", "items": revisions}]
    assert json.loads(renamed) == {"first": "one", "uno": "one"}


def test_the_notebook_holds_every_item_once_also_those_placed_in_the_text(book):
    html = notebook(book, Renderer(book, ROOT / "overrides"), str)

    assert [html.count(f'<template data-item="{name}">') for name in ("one", "two", "essay")] == [1, 1, 1]
    assert html.count("<handbook-item ") == 3
    assert "</script>" not in html


def test_the_progress_page_knows_how_many_items_can_be_mastered(book):
    html = progress(book, Renderer(book, ROOT / "overrides"), str)

    assert "</span>/3</td>" in html
    assert "</span>/2</td>" in html
