"""Every form meets its blueprint exactly, or the refusal is true."""

import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import ROOT

from handbook.bank import Bank, Entry
from handbook.book import Book, read_book
from handbook.exams import solver
from handbook.exams.assembly import Unmet, mock_forms, parallel_forms
from handbook.exams.blueprints import Blueprint, Blueprints
from handbook.exams.pool import chapter, enemy_groups, matches
from handbook.exams.selection import MOST_SHARING, wants
from handbook.items import MODELS
from handbook.sections import read_page
from handbook.settings import Options, Settings
from handbook.source import Document

CHAPTERS = ("calls", "claims", "terms")
bounded = settings(derandomize=True, max_examples=150, deadline=None, database=None)


def item(name, type_="single", **more):
    data = {"id": name, "type": type_, "section": "calls.md#a", "level": "apply", "difficulty": 2, "stem": name, **more}
    if type_ in ("single", "multiple"):
        keys = 1 if type_ == "single" else 2
        data.setdefault("options", [{"text": f"{n}", "rationale": "r", "key": n < keys} for n in range(4)])
    elif type_ == "true_false":
        data.setdefault("options", [{"text": t, "rationale": "r", "key": t == "正确"} for t in ("正确", "错误")])
    else:
        data |= {"model_answer": "x", "rubric": [{"criterion": "y", "points": 5}]}
        data.setdefault("stimulus", f"case {name}")
    return MODELS[type_].model_validate(data)


def book(items, blueprint):
    pages = {f"chapters/{name}.md": read_page(f"# {name} {{ #a }}\n", f"{name}.md", name)[0] for name in CHAPTERS}
    document = Document("bank.yml", {}, {(): 1})
    entries = tuple(Entry(one, document, index) for index, one in enumerate(items))
    blueprints = Blueprints({"b": blueprint}, {"b": document})

    return Book(Settings(Path(), Path(), Options(), ()), pages, bank=Bank(entries), blueprints=blueprints)


def blueprint(parts, **more):
    planned = [{"type": type_, "count": count, "points": 1} for type_, count in parts.items()]
    return Blueprint.model_validate(
        {"title": "t", "instructions": "i", "minutes": 1, "pass_percent": 60, "parts": planned, **more}
    )


def ids(exam_form):
    return [place.item.id for place in exam_form.places]


def faults(forms, plan, items):
    """Yield whatever is wrong with forms, written without regard to how they were found."""
    for exam_form in forms:
        chosen = [place.item for place in exam_form.places]
        names = {one.id for one in chosen}
        if len(names) != len(chosen):
            yield "an item twice"
        for want in wants(plan, CHAPTERS):
            counted = sum(matches(one, want.cell) for one in chosen)
            if counted < want.cell.min or (want.cell.max is not None and counted > want.cell.max):
                yield want
        mean = Fraction(sum(one.difficulty for one in chosen), len(chosen))
        if not Fraction(str(plan.difficulty.min)) <= mean <= Fraction(str(plan.difficulty.max)):
            yield f"mean difficulty {mean}"
        if names & set(plan.exclude):
            yield "an excluded item"
        yield from (group for group in enemy_groups(items, plan) if len(group & names) > 1)
        for part in exam_form.parts:
            stimuli = [place.item.stimulus for place in part.places if place.item.stimulus]
            runs = [one for one, before in zip(stimuli, [None, *stimuli], strict=False) if one != before]
            if len(runs) != len(set(runs)):
                yield "a stimulus torn apart"
            for place in part.places:
                yield from _option_faults(place)
        for one in items:
            mates = {other.id for other in items if other.stimulus == one.stimulus and other.type == one.type}
            if one.stimulus and one.id in names and not mates - set(plan.exclude) <= names:
                yield "half of a stimulus"
    for one, other in combinations(forms, 2):
        if len(set(ids(one)) & set(ids(other))) > plan.overlap:
            yield "too much overlap"


def _option_faults(place):
    options = getattr(place.item, "options", ())
    if sorted(place.order) != sorted(option.name for option in options):
        yield "options lost"
    for index, option in enumerate(options):
        if (option.pinned or place.item.type == "true_false") and place.order[index] != option.name:
            yield "a pinned option moved"


@st.composite
def banks(draw, most=24):
    made = []
    for number in range(draw(st.integers(2, most))):
        type_ = draw(st.sampled_from(["single", "single", "true_false", "scenario"]))
        more = {
            "section": f"{draw(st.sampled_from(CHAPTERS))}.md#a",
            "level": draw(st.sampled_from(["remember", "apply"])),
            "difficulty": draw(st.integers(1, 5)),
            "enemies": draw(st.lists(st.integers(0, most), max_size=1).map(lambda found: [f"i{n}" for n in found])),
        }
        if draw(st.integers(0, 4)) == 0:
            more["stimulus"] = draw(st.sampled_from(["one case", "another case"]))
        made.append(item(f"i{number}", type_, **more))

    return made


@st.composite
def blueprints(draw):
    types = draw(st.lists(st.sampled_from(["single", "true_false", "scenario"]), min_size=1, unique=True))
    parts = {type_: draw(st.integers(1, 4)) for type_ in types}
    limits = st.fixed_dictionaries({"min": st.integers(0, 2), "max": st.sampled_from([None, 2, 3, 5])})
    low = draw(st.sampled_from([1, 1, 1.5, 2.4, 3]))

    return blueprint(
        parts,
        each_chapter=draw(st.sampled_from([{}, {"min": 1}, {"max": 2}])),
        chapters=draw(st.dictionaries(st.sampled_from(CHAPTERS), limits, max_size=1)),
        levels=draw(st.dictionaries(st.sampled_from(["remember", "apply"]), limits, max_size=1)),
        cells=[{"chapter": draw(st.sampled_from(CHAPTERS)), "type": types[0], "min": draw(st.integers(0, 2))}],
        difficulty={"min": low, "max": draw(st.sampled_from([low, low + 0.5, 5]))},
        exclude=draw(st.lists(st.sampled_from(["i0", "i3"]), max_size=1)),
        enemies=draw(st.sampled_from([[], [["i1", "i2"], ["i4", "i5", "i6"]]])),
        overlap=draw(st.integers(0, 2)),
    )


def mended(plan, problems):
    """Return the blueprint after doing what the refusal advises, or None when no part is left."""
    data = plan.model_dump()
    gone = set()
    for problem in problems:
        number = re.search(r"(?:count|min|max|overlap) 改成 (\d+)", problem.mend)
        limit = re.search(r"在 chapters 里写 (\w+): \{(min|max): (\d+)\}", problem.mend)
        if limit:
            data["chapters"].setdefault(limit[1], dict(data["each_chapter"]))[limit[2]] = int(limit[3])
        elif "difficulty" in problem.mend:
            data["difficulty"] = {"min": 1, "max": 5}
        else:
            where = problem.what.split("@")[1].split(".")
            target, last = data, where[-1]
            for step in where[:-1]:
                target = target[int(step) if step.isdigit() else step]
            if "删掉这一部分" in problem.mend:
                gone.add(int(last))
            elif last == "overlap":
                data["overlap"] = int(number[1])
            else:
                field = re.search(r"(count|min|max) 改成", problem.mend)[1]
                target[int(last) if last.isdigit() else last][field] = int(number[1])
    data["parts"] = [part for index, part in enumerate(data["parts"]) if index not in gone]

    return Blueprint.model_validate(data) if data["parts"] else None


@pytest.fixture(autouse=True)
def _places_in_messages(monkeypatch):
    """Let a test see which part of the blueprint a refusal speaks of."""

    def problem(self, blueprint_id, where, what, mend):
        shown = f"{what}@{'.'.join(map(str, where))}"
        return self.documents[blueprint_id].problem((), shown, mend)

    monkeypatch.setattr(Blueprints, "problem", problem)


@given(banks(), blueprints(), st.integers(1, 3), st.integers(0, 3))
@bounded
def test_a_blueprint_is_met_exactly_or_refused_with_a_reason_whose_mend_helps(items, plan, number, seed):
    letters = "ABC"[:number]
    try:
        forms = parallel_forms(book(items, plan), "b", letters, seed)
    except Unmet as unmet:
        assert unmet.problems
        again = mended(plan, unmet.problems)
        if again:
            forms, again = assembled_or_sharing(items, again, letters, seed)
            assert list(faults(forms, again, items)) == []
    else:
        assert [len(part.places) for part in forms[0].parts] == [part.count for part in plan.parts]
        assert list(faults(forms, plan, items)) == []


def assembled_or_sharing(items, plan, letters, seed):
    """Assemble a mended blueprint; parallel forms may then want a word of their own on what they share."""
    try:
        return parallel_forms(book(items, plan), "b", letters, seed), plan
    except Unmet as unmet:
        assert [problem.what.split("@")[1] for problem in unmet.problems] == ["overlap"]
        plan = mended(plan, unmet.problems)
        return parallel_forms(book(items, plan), "b", letters, seed), plan


@given(banks(), st.data(), st.integers(1, 3))
@bounded
def test_a_blueprint_read_off_existing_forms_is_never_refused(items, data, number):
    """The solver's demands are not stricter than the blueprint's."""
    single = [one for one in items if one.type == "single" and not one.stimulus and not one.enemies]
    named = {name for one in items for name in one.enemies}
    single = [one for one in single if one.id not in named]
    size = len(single) // number
    if not size:
        return
    planted = data.draw(st.permutations(single))
    forms = [planted[index * size : (index + 1) * size] for index in range(number)]
    counts = [Counter(chapter(one) for one in exam_form) for exam_form in forms]
    means = [Fraction(sum(one.difficulty for one in exam_form), size) for exam_form in forms]
    plan = blueprint(
        {"single": size},
        chapters={
            name: {"min": min(c[name] for c in counts), "max": max(c[name] for c in counts)} for name in CHAPTERS
        },
        levels={"apply": {"min": min(sum(one.level == "apply" for one in exam_form) for exam_form in forms)}},
        difficulty={"min": int(min(means) * 100) / 100, "max": min(5.0, int(max(means) * 100 + 1) / 100)},
    )

    assert list(faults(parallel_forms(book(items, plan), "b", "ABC"[:number], 1), plan, items)) == []
