"""Every form meets its blueprint exactly, or the refusal is true."""

import os
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

from handbook.bank.blueprints import Blueprint, Blueprints
from handbook.bank.entries import Bank, Entry
from handbook.book import Book, read_book
from handbook.cli import main
from handbook.content.sections import read_page
from handbook.content.settings import Options, Settings
from handbook.exams import solver
from handbook.exams.assembly import Unmet, mock_forms, parallel_forms
from handbook.exams.balance import balance
from handbook.exams.pool import chapter, enemy_groups, matches
from handbook.exams.selection import wants
from handbook.items import MODELS
from handbook.problems import Problem
from handbook.reading.source import Document

CHAPTERS = ("calls", "claims", "terms")
bounded = settings(derandomize=True, max_examples=60, deadline=None, database=None)


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
    blueprints = Blueprints({"b": blueprint}, {"b": (document, ())})

    return Book(Settings(Path(), Path(), Options()), pages, bank=Bank(entries), blueprints=blueprints)


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
        yield from _number_faults(chosen, plan)
        yield from _company_faults({one.id for one in chosen}, plan, items)
        for part in exam_form.parts:
            stimuli = [place.item.stimulus for place in part.places if place.item.stimulus]
            runs = [one for one, before in zip(stimuli, [None, *stimuli], strict=False) if one != before]
            if len(runs) != len(set(runs)):
                yield "a stimulus torn apart"
            for place in part.places:
                yield from _option_faults(place)
    for one, other in combinations(forms, 2):
        if len(set(ids(one)) & set(ids(other))) > plan.overlap:
            yield "too much overlap"


def _number_faults(chosen, plan):
    if len({one.id for one in chosen}) != len(chosen):
        yield "an item twice"
    for want in wants(plan, CHAPTERS):
        counted = sum(matches(one, want.cell) for one in chosen)
        if counted < want.cell.min or (want.cell.max is not None and counted > want.cell.max):
            yield want
    mean = Fraction(sum(one.difficulty for one in chosen), len(chosen))
    if not Fraction(str(plan.difficulty.min)) <= mean <= Fraction(str(plan.difficulty.max)):
        yield f"mean difficulty {mean}"


def _company_faults(names, plan, items):
    if names & set(plan.exclude):
        yield "an excluded item"
    yield from (group for group in enemy_groups(items, plan) if len(group & names) > 1)
    for one in items:
        mates = {other.id for other in items if other.stimulus == one.stimulus and other.type == one.type}
        if one.stimulus and one.id in names and not mates - set(plan.exclude) <= names:
            yield "half of a stimulus"


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
        return Problem(*self.place(blueprint_id), shown, mend)

    monkeypatch.setattr(Blueprints, "problem", problem)


@given(banks(), blueprints(), st.integers(1, 3), st.integers(0, 3))
@bounded
def test_a_blueprint_is_met_exactly_or_refused_with_a_reason_whose_mend_helps(items, plan, number, seed):
    letters = "ABC"[:number]
    forms, refusal = assembled(items, plan, letters, seed)
    for _ in range(2):  # what keeps a form from being assembled comes first, what keeps several from it next
        if forms is None:
            assert refusal
            plan = mended(plan, refusal)
            if plan is None:
                return
            forms, refusal = assembled(items, plan, letters, seed)

    assert forms is not None
    assert [len(part.places) for part in forms[0].parts] == [part.count for part in plan.parts]
    assert list(faults(forms, plan, items)) == []


def assembled(items, plan, letters, seed):
    try:
        return parallel_forms(book(items, plan), "b", letters, seed), ()
    except Unmet as unmet:
        return None, unmet.problems


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


def test_the_refusal_names_the_cell_and_what_would_mend_it(monkeypatch):
    monkeypatch.undo()
    items = [item("one", "scenario", section="claims.md#a"), item("two", "scenario"), item("three", "scenario")]
    plan = blueprint({"scenario": 2}, cells=[{"chapter": "claims", "type": "scenario", "min": 2}])

    with pytest.raises(Unmet) as refused:
        parallel_forms(book(items, plan), "b", "A", 1)

    said = "细目表 'b' 要 2 道 claims 章的情景分析题，题库里有 1 道；请再写 1 道这样的题，或把 min 改成 1。"
    assert [str(problem) for problem in refused.value.problems] == [f"bank.yml:1: {said}"]


def test_too_many_forms_for_the_bank_are_refused_with_the_ways_out(monkeypatch):
    monkeypatch.undo()
    items = [item(f"i{n}") for n in range(5)]

    with pytest.raises(Unmet) as refused:
        parallel_forms(book(items, blueprint({"single": 2})), "b", "ABC", 1)

    said = "配不出 3 份彼此不重题的卷；3 份共要 6 道单选题，可用的只有 5 道；请改为 2 份，或补题，或把 overlap 改成 1。"
    assert said in str(refused.value)


def test_forms_share_no_more_than_they_must():
    items = [item(f"i{n}") for n in range(6)]
    plan = blueprint({"single": 3}, overlap=3)

    one, other = parallel_forms(book(items, plan), "b", "AB", 1)

    assert not set(ids(one)) & set(ids(other))


def test_another_seed_gives_another_choice_and_another_order():
    items = [item(f"i{n}") for n in range(40)]
    chosen = [ids(parallel_forms(book(items, blueprint({"single": 8})), "b", "A", seed)[0]) for seed in range(6)]

    assert len({frozenset(names) for names in chosen}) == 6
    assert all(names != sorted(names) for names in chosen)


def test_parallel_forms_are_equal_in_difficulty_and_chapters_where_the_bank_allows():
    items = [item(f"i{n}", difficulty=1 + n % 5, section=f"{CHAPTERS[n % 3]}.md#a") for n in range(60)]

    forms = parallel_forms(book(items, blueprint({"single": 7})), "b", "ABC", 1)

    assert len({sum(place.item.difficulty for place in one.places) for one in forms}) == 1
    assert len({tuple(sorted(chapter(place.item) for place in one.places)) for one in forms}) == 1


@given(st.lists(st.integers(0, 3), min_size=1, max_size=14), st.integers(0, 9))
@bounded
def test_keys_stand_at_every_place_equally_often(pinned_keys, seed):
    """Where the last option is pinned, the key cannot stand last."""
    made = []
    for number, pinned in enumerate(pinned_keys):
        options = [{"text": f"{n}", "rationale": "r", "key": n == 0, "pinned": n == pinned == 3} for n in range(4)]
        made.append(item(f"i{number}", options=options))
    plan = blueprint({"single": len(made)})

    places = parallel_forms(book(made, plan), "b", "A", seed)[0].places
    counts = Counter(next(n for n, option in enumerate(place.offered) if option.key) for place in places)
    loose = sum(pinned != 3 for pinned in pinned_keys)
    always_open = [counts[place] for place in range(3)]

    assert max(always_open) - min(always_open) <= 1
    assert min(loose, max(always_open) - 1) <= counts[3] <= min(always_open) + 1


def test_keys_of_multiple_items_are_spread():
    made = [item(f"i{number}", "multiple") for number in range(10)]

    places = parallel_forms(book(made, blueprint({"multiple": 10})), "b", "A", 1)[0].places
    counts = Counter(n for place in places for n, option in enumerate(place.offered) if option.key)

    assert set(counts.values()) == {5}


def test_mock_forms_use_the_bank_evenly():
    items = [item(f"i{n}", difficulty=1 + n % 5, section=f"{CHAPTERS[n % 3]}.md#a") for n in range(30)]
    plan = blueprint({"single": 6}, each_chapter={"min": 1}, mock_forms=10)

    forms = mock_forms(book(items, plan), "b")
    used = Counter(name for one in forms for name in ids(one))

    assert [one.letter for one in forms] == [str(n) for n in range(1, 11)]
    assert all(not list(faults([one], plan, items)) for one in forms)
    assert len(used) == 30
    assert set(used.values()) <= {1, 2, 3}


FORMS = """
from pathlib import Path
from handbook.book import read_book
from handbook.exams.assembly import parallel_forms
for exam_form in parallel_forms(read_book(Path("mkdocs.yml")), "2026-standard", "ABC", 2026):
    print(exam_form.letter, [(place.item.id, place.order) for place in exam_form.places])
"""


def test_the_same_seed_gives_the_same_forms_in_every_process():
    def run(hash_seed):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT / "hooks")}
        return subprocess.run(
            [sys.executable, "-c", FORMS], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        ).stdout

    first = run("1")
    assert len(first.splitlines()) == 3
    assert first == run("2")


INTERRUPTED = """
import os, signal
from handbook.exams.pool import Pool
from handbook.exams.solver import Allocation
assert Allocation(Pool(None, [], (), ()), 1).solve()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print("as Python has it")
"""


def test_the_solver_leaves_ctrl_c_to_python():
    """By itself it ends the search early, with other forms than the seed's, and later the program without a word."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], env=environment, capture_output=True, text=True, check=False
    )

    assert done.stdout == "as Python has it\n"


def test_our_bank_gives_three_forms_alike_of_the_standard_exam():
    ours = read_book(ROOT / "mkdocs.yml")

    forms = parallel_forms(ours, "2026-standard", "ABC", 2026)
    found = [balance(one) for one in forms]

    assert {one.points for one in forms} == {80}
    assert {one.count for one in found} == {30}
    assert len({one.difficulty for one in found}) == 1
    assert all(one.chapters == found[0].chapters for one in found)
    assert all(max(one.keys["single"].values()) - min(one.keys["single"].values()) <= 1 for one in found)


@pytest.mark.parametrize("name", read_book(ROOT / "mkdocs.yml").blueprints)
def test_every_blueprint_of_ours_can_be_met_for_the_mock_exam(name):
    ours = read_book(ROOT / "mkdocs.yml")

    assert len(mock_forms(ours, name)) == ours.blueprints[name].mock_forms


def test_without_ortools_it_says_what_to_run(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)
    solver.solver_library.cache_clear()

    assert main(["--config", str(ROOT / "mkdocs.yml"), "paper", "quick-check", "--seed", "1"]) == 1
    assert capsys.readouterr().out == "没有安装 OR-tools，组不了卷；请运行 `make setup`。\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["quick-chek", "--seed", "1"], "没有细目表 'quick-chek'；请检查拼写，也许是 'quick-check'。"),
        (["quick-check", "--seed", "1", "--forms", "A,A"], "--forms A,A: 请写不重复的大写字母"),
        (["quick-check", "--seed", "1", "--forms", "a"], "--forms a: 请写不重复的大写字母"),
    ],
)
def test_a_slip_of_the_keyboard_is_misuse(arguments, said, capsys):
    assert main(["--config", str(ROOT / "mkdocs.yml"), "paper", *arguments]) == 2
    assert said in capsys.readouterr().err
