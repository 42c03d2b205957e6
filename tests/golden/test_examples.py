"""Every item type has all of its parts, and its example looks on page, in exams and on paper as it did when it was last looked at."""

import re

import pytest
from tests import examples
from tests.conftest import ROOT

from handbook.book import read_book
from handbook.checks import structural_problems
from handbook.exams.forms import Place
from handbook.items import FOLDER, MODELS
from handbook.press import items
from handbook.press.tree import Box, Gap, Lines, List, Options, Paragraph, Table
from handbook.rendering import Renderer

FRAMES = {"quiz/item": {}, "exam/item": {"chapter": 0}}
PARTS = ("response.html", "answer.html", "view.js", "scoring.js", "scoring.json")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("examples")
    examples.write_handbook(root)

    return read_book(root / "mkdocs.yml")


def shown(book, name):
    """Return the example of a type in every frame."""
    item = next(item for item in book.bank.items if item.type == name)
    renderer = Renderer(book, ROOT / "overrides")
    for frame, values in FRAMES.items():
        place = Place(item, 6, tuple(one.name for one in item.offered())) if frame == "exam/item" else None
        html = renderer.item(item, 1, lambda address: f"/{address}", frame, **values, place=place)
        lines = [line.strip() for line in html.splitlines() if line.strip()]
        yield "\n".join([f"<!-- {frame} -->", *lines, ""])
    asked = items.asked(item, item.on_page(), renderer.prose, material="材料")
    explained = items.explained(item, item.on_page(), renderer.prose)
    yield "\n".join(["<!-- on paper", *on_paper(asked), "answer:", *on_paper(explained), "-->", ""])


def on_paper(blocks):
    """Return blocks line by line: what they are, and what they say."""
    for block in blocks:
        match block:
            case Paragraph():
                yield f"{block.style or 'paragraph'}: {said(block.runs)}"
            case Options():
                yield from (f"{mark} {said(text)}" for mark, text in block.entries)
            case Lines():
                yield f"{block.count} lines"
            case List():
                yield from (f"- {line}" for entry in block.entries for line in on_paper(entry))
            case Box():
                yield from (f"{block.style}: {line}" for line in on_paper(block.blocks))
            case Table():
                yield from (" | ".join(line for cell in row.cells for line in on_paper(cell)) for row in block.rows)
            case _:
                raise AssertionError(block)


def said(runs):
    return "".join("（　）" if isinstance(run, Gap) else run.text.replace("\n", "⏎") for run in runs)


def test_the_examples_are_sound(book):
    assert structural_problems(book) == []
    assert [item.type for item in book.bank.items] == list(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_a_type_has_all_of_its_parts(name):
    own = [FOLDER / name / part for part in ("example.yml", "scaffold.yml", "golden.html", "keyboard.txt")]
    of_its_kind = [FOLDER / MODELS[name].kind / part for part in PARTS]

    assert [path for path in (*own, *of_its_kind) if not path.is_file()] == []


@pytest.mark.parametrize("name", MODELS)
def test_the_example_looks_as_it_did(book, name):
    golden = FOLDER / name / "golden.html"

    assert "\n".join(shown(book, name)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MODELS)
def test_every_text_of_the_example_is_somewhere_for_the_reader(book, name):
    html = re.sub(r"\s|<[^>]+>", "", "".join(shown(book, name)))
    item = next(item for item in book.bank.items if item.type == name)
    lines = [book.seen(text).splitlines()[0] for _, text in item.texts()]
    texts = [re.sub(r"^\d+\. |\s|_{3,}.*", "", line) for line in lines]

    assert texts
    assert [text for text in texts if text not in html] == []
