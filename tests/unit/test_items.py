"""Revisions decide whether a saved response still counts."""

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
