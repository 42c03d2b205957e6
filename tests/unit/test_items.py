"""Revisions decide whether a saved response still counts."""

import pytest
from tests import examples
from tests.conftest import write_files

from handbook.bank.entries import read_bank
from handbook.items import MODELS, revision

SINGLE = {
    "id": "claims-deadline",
    "type": "single",
    "section": "claims.md#deadlines",
    "level": "remember",
    "difficulty": 1,
    "stem": "最迟何时发出？",
    "options": [
        {"text": "3日", "key": True, "rationale": "法律写明。"},
        {"text": "10日", "rationale": "那是另一期限。"},
    ],
}


def item(**changes):
    data = {**SINGLE, **changes}
    return MODELS[data["type"]].model_validate(data)


def test_wording_that_does_not_change_the_scoring_keeps_the_revision():
    first, second = SINGLE["options"]
    kept = revision(item(), str)

    assert kept == revision(item(options=[second, first]), str)
    assert kept == revision(item(options=[{**first, "rationale": "改写的解析。"}, second]), str)
    assert kept == revision(item(stem="最迟 何时发出?"), str)
    assert kept == revision(item(difficulty=4, section="claims.md#other"), str)


def test_whatever_changes_the_scoring_changes_the_revision():
    first, second = SINGLE["options"]
    kept = revision(item(), str)

    assert kept != revision(item(stem="最早何时发出？"), str)
    assert kept != revision(item(options=[{**first, "text": "5日"}, second]), str)
    assert kept != revision(item(options=[{**first, "key": False}, {**second, "key": True}]), str)
    assert kept != revision(item(), lambda text: text.replace("3日", "4日"))


def test_an_option_keeps_its_name_when_options_are_reordered():
    first, second = SINGLE["options"]

    assert {option.name for option in item().options} == {
        option.name for option in item(options=[second, first]).options
    }
    assert item(options=[{**first, "id": "three"}, second]).options[0].name == "three"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("single", "690c57911225"),
        ("multiple", "4c55dd7f9743"),
        ("true_false", "4cb926a9b879"),
        ("short_answer", "463999564cbc"),
        ("scenario", "d126250d5dbe"),
        ("ordering", "661614973d37"),
        ("matching", "642732394370"),
        ("fill_in", "b007df41b19e"),
    ],
)
def test_a_revision_stays_what_it_was_so_that_readers_keep_their_answers(tmp_path, name, known):
    """Those of the first edition, and those that each type of item began with."""
    write_files(tmp_path, {"bank/examples.yml": examples.BANK})
    bank, _ = read_bank(tmp_path / "bank", tmp_path)

    assert revision(next(item for item in bank.items if item.type == name), str) == known


def test_chance_never_puts_the_answer_where_it_is_looked_for(tmp_path):
    write_files(tmp_path, {"bank/examples.yml": examples.BANK})
    bank, _ = read_bank(tmp_path / "bank", tmp_path)
    mixed = [item for item in bank.items if item.offered() and not item.keyed()]
    assert {item.type for item in mixed} == {"ordering", "matching"}
    for item in mixed:
        right = tuple(one.name for one in item.offered())
        assert item.on_page() != right
        assert item.shuffled(right) != right
        assert sorted(item.shuffled(right)) == sorted(right)
