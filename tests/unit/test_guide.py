"""What the trainers' guide tells people to write is what the program reads."""

import ast
import re
from pathlib import Path

import pytest
from lxml import html
from tests.conftest import ROOT, write_files
from tests.reviewing import FACTS, change, read, write_reviewed

from handbook.bank.blueprints import Blueprint, read_blueprints
from handbook.book import Book
from handbook.checks import writing
from handbook.cli import desk, main
from handbook.content.facts import read_facts
from handbook.content.pocket_card import Limit, Panel, read_card
from handbook.content.settings import read_settings
from handbook.items import LEVELS, TYPES
from handbook.papers.issuing import KINDS
from handbook.papers.records import SUFFIX
from handbook.press.looks import read_looks
from handbook.rendering import Renderer
from handbook.review.desk import desk as laid_out
from handbook.review.sync import State, standings
from handbook.site import listings

OURS = read_settings(ROOT / "mkdocs.yml")[0]
GUIDE = (ROOT / "docs/trainers/guide.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def example(word):
    return next(text for text in EXAMPLES if f"\n{word}:\n" in f"\n{text}")


def test_the_guide_shows_the_example_of_each_item_type():
    """That they are sound and look as they should is tried beside them."""
    shown = listings.types(Book(OURS), Renderer(Book(OURS), ROOT / "overrides"), str)

    assert "<!-- types -->" in GUIDE
    assert [name for name in TYPES if f"type: {name}" not in shown] == []


def test_the_example_of_a_fact_is_sound(tmp_path):
    write_files(tmp_path, {"facts.yml": example("facts")})

    facts, problems = read_facts(tmp_path / "facts.yml", "facts.yml")

    assert problems == []
    assert list(facts) == ["complaint-decision-simple"]


def test_the_example_of_a_blueprint_is_sound(tmp_path):
    write_files(tmp_path, {"blueprints/quarter.yml": example("parts")})

    found, problems = read_blueprints(tmp_path / "blueprints", tmp_path)

    assert problems == []
    assert found["quarter"].points == 30
    assert Blueprint.model_fields.keys() == set(re.findall(r"^(\w+):", example("parts"), re.MULTILINE))


def test_the_example_of_the_card_is_sound_and_all_that_it_may_say_is_explained(tmp_path):
    write_files(tmp_path, {"card.yml": example("panels")})

    card, problems = read_card(tmp_path / "card.yml", "card.yml")

    assert problems == []
    assert len(card) == 1
    assert {
        name for model in (Panel, Limit) for name in model.model_fields if f"`{name}" not in part("pocket-card")
    } == set()


def codes():
    """Return every code that lets an author accept a finding: what `_said` and `_said_of_file` are given."""
    nodes = ast.walk(ast.parse(Path(writing.__file__).read_text(encoding="utf-8")))
    said = [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_said")]

    return {ast.literal_eval(call.args[1]) for call in said}


def test_the_codes_of_item_writing_findings_are_explained_and_no_others():
    section = GUIDE.partition("{ #writing }")[2].partition("\n#")[0]

    assert sorted(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)) == sorted(codes())


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_explained(level):
    assert f"`{level}` {LEVELS[level]}" in GUIDE


@pytest.mark.parametrize("command", sorted(set(re.findall(r"\bhandbook ([a-z]+)", GUIDE))))
def test_every_command_of_the_guide_exists(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out


def test_the_guide_names_the_files_that_papers_are_written_to():
    names = set(re.findall(r"`2026-standard-A-([^`]+)\.pdf`", GUIDE))

    assert names == set(KINDS)
    assert f"2026-standard-记录编号-{SUFFIX}" in GUIDE


def test_the_styles_the_guide_names_are_there():
    named = re.search(r"格式都在样式里（(.+?)……）", GUIDE)

    assert named
    looks = read_looks(ROOT / "overrides/print/word.yml", "paper-a4")
    assert set(named[1].split("、")) <= {style.name for style in looks.styles.values()}


def part(anchor):
    return GUIDE.partition(f"{{ #{anchor} }}")[2].partition("\n#")[0]


def test_the_keys_and_the_labels_of_the_review_desk_are_those_it_shows(tmp_path):
    root = write_reviewed(tmp_path)
    change(root, FACTS, "10日", "15日")
    book = read(root)
    page = html.fromstring(desk.page(book, laid_out(book, standings(book), everything=False)))
    rows = [[cell.text_content() for cell in row.iter("td")] for row in page.get_element_by_id("help").iter("tr")]
    shown = page.find("body").text_content()

    assert re.findall(r"^\| `(.)` \| (.+) \|$", part("desk"), re.MULTILINE) == [tuple(row) for row in rows if row]
    labels = set(re.findall("“([^”]+)”", part("desk")))
    assert len(labels) > 8
    assert {label for label in labels if label not in shown} == set()


def test_every_state_of_an_item_is_explained_and_no_other():
    assert re.findall(r"^\| (\S+) \| [^|-]", part("states"), re.MULTILINE)[1:] == [
        *(State.IN_STEP, State.UNREAD, State.AROUND, State.STALE, State.NEW, State.SECOND, State.ADRIFT)
    ]
    assert len(State) == 7
