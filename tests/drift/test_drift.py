"""A sample of the plantings, in the real handbook: what changes the meaning is flagged, what does not is not."""

import pytest
from tests.drift import classes
from tests.drift.pairs import Pair
from tests.drift.parts import parts
from tests.drift.planting import Planting, chosen
from tests.drift.trial import trial

SEED, EACH, EACH_NEUTRAL = 7, 2, 1
CHANGES, NEUTRAL = classes.changes(trial().handbook), classes.neutral(trial().handbook)


def sample(plantings, wanted):
    return chosen(plantings, wanted, SEED, lambda planting: planting.path)


def told(planting):
    return f"{planting.path}:{planting.start} 【{planting.before[:80]}】→【{planting.after[:80]}】"


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_of_meaning_is_flagged_for_every_item_that_rests_on_it(kind):
    for planting in sample(CHANGES[kind], EACH):
        outcome = trial().outcome(planting)
        assert not outcome.missed, told(planting)
        assert not outcome.beyond, told(planting)


@pytest.mark.parametrize("kind", NEUTRAL)
def test_a_neutral_edit_flags_nothing(kind):
    for planting in sample(NEUTRAL[kind], EACH_NEUTRAL):
        assert trial().outcome(planting).flagged == {}, told(planting)


@pytest.mark.parametrize("kind", [kind for kind in CHANGES if kind.startswith("item: ")])
def test_a_change_of_the_item_itself_is_near_to_it(kind):
    for planting in sample(CHANGES[kind], EACH):
        assert trial().outcome(planting).direct == [*planting.items], told(planting)


@pytest.mark.parametrize("kind", ["fact: value", "fact: basis"])
def test_a_fact_is_near_to_those_alone_that_use_it_or_quote_it(kind):
    book = trial().handbook
    for planting in sample(CHANGES[kind], EACH):
        near = trial().outcome(planting).direct
        users = [item for item, used in book.used.items() if Pair(book, planting, item).fact in used]
        assert set(users) <= set(near), told(planting)
        assert [item for item in near if not Pair(book, planting, item).dependent] == [], told(planting)


def test_what_was_reviewed_and_not_changed_is_not_flagged():
    path = next(iter(trial().handbook.parts)).path
    assert trial().outcome(Planting("nothing", path, 0, 0, "", "")).flagged == {}


def test_the_parts_of_a_page_are_those_that_the_handbook_knows():
    book = trial().handbook
    for chapter in book.book.chapters.values():
        page = chapter.page
        found = [part.name for part in parts(book.texts[page.path], page.path, page.name)]
        assert found == [section.name for section in page.sections]


def test_one_file_read_again_is_the_book_read_again():
    book = trial().handbook
    for path, text in book.texts.items():
        again = book.changed(path, f"{text}\n")
        assert again.problems == book.book.problems
        assert again.sections.keys() == book.book.sections.keys()
        assert list(again.bank.by_id) == list(book.book.bank.by_id)
        assert (again.facts, again.terms, again.laws) == (book.book.facts, book.book.terms, book.book.laws)


def test_the_same_seed_draws_the_same_sample():
    plantings = CHANGES["digits"]
    assert sample(plantings, 20) == sample(plantings, 20)
    assert {planting.path for planting in sample(plantings, 12)} == {planting.path for planting in plantings}
