"""Blueprints as files: what is read, what a form is worth, and that ours follow the source exam."""

import pytest
from tests.conftest import ROOT

from handbook.bank.blueprints import Blueprint
from handbook.book import read_book
from handbook.exams.forms import Place
from handbook.items import MODELS

OURS = read_book(ROOT / "mkdocs.yml")


def test_the_standard_exam_has_the_structure_of_the_source():
    standard = OURS.blueprints["2026-standard"]

    assert [(part.type, part.count, part.points) for part in standard.parts] == [
        ("single", 10, 2),
        ("multiple", 5, 3),
        ("true_false", 10, 1),
        ("short_answer", 3, 5),
        ("scenario", 2, 10),
    ]
    assert (standard.points, standard.count, standard.overlap) == (80, 30, 0)
    assert [part.count for part in standard.parts] == OURS.settings.options.sources["2026-exam"]


def test_the_quick_check_is_twenty_items_in_fifteen_minutes():
    quick = OURS.blueprints["quick-check"]

    assert (quick.count, quick.minutes) == (20, 15)


def test_every_type_of_item_is_asked_in_some_exam():
    asked = {part.type for blueprint in OURS.blueprints.values() for part in blueprint.parts}

    assert asked == set(MODELS)


def test_every_chapter_is_in_exactly_one_group():
    groups = [blueprint for name, blueprint in OURS.blueprints.items() if name.startswith("group-")]

    assert sorted(name for group in groups for name in group.chapters) == sorted(OURS.chapter_stems)
    assert all(group.each_chapter.max == 0 for group in groups)


@pytest.mark.parametrize("name", OURS.blueprints)
def test_what_the_instructions_promise_is_what_the_numbers_say(name):
    blueprint = OURS.blueprints[name]

    assert f"{blueprint.count} 道题" in blueprint.instructions or f"{blueprint.count} 题" in blueprint.instructions
    if "满分" in blueprint.instructions:
        assert f"满分 {blueprint.points} 分" in blueprint.instructions


def test_a_difficulty_may_be_written_without_a_decimal_point():
    written = {"title": "t", "instructions": "i", "minutes": 1, "pass_percent": 60, "difficulty": {"min": 2, "max": 3}}

    blueprint = Blueprint.model_validate({**written, "parts": [{"type": "single", "count": 1, "points": 1}]})

    assert (blueprint.difficulty.min, blueprint.difficulty.max) == (2, 3)


@pytest.mark.parametrize("points", [1, 5, 7, 8, 10])
def test_a_rubric_is_scaled_exactly_to_the_points_of_the_form(points):
    rubric = [{"criterion": f"{n}", "points": n} for n in (1, 2, 3, 4)]
    essay = {"id": "a", "type": "short_answer", "section": "a.md#a", "level": "apply", "difficulty": 1, "stem": "s"}
    item = MODELS["short_answer"].model_validate({**essay, "model_answer": "m", "rubric": rubric})

    shares = [share for _, share in Place(item, points).criteria]

    assert sum(shares) == points
    assert shares == sorted(shares)
