"""The real handbook, changed one thing at a time: exactly the items concerned are reported, or none."""

import re
import shutil
import subprocess
import sys

import pytest
from tests.conftest import ROOT

from handbook.book import read_book
from handbook.cli import main
from handbook.reading.markup import references

CHAPTER = "docs/chapters/complaints.md"
SECTION = "complaints.md#records"
DIRECT = re.compile(r"^(\S+):(\d+): 题目 '([^']+)' ", re.MULTILINE)
AROUND = re.compile(r"^\S+:\d+: .* 改过，(\d+) 道题要确认还成立：([^；]+)；", re.MULTILINE)


@pytest.fixture
def handbook(tmp_path):
    """A copy of the real handbook in which every item is reviewed."""
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert main(["--config", str(tmp_path / "mkdocs.yml"), "sync", "--all", "--reviewer", "王老师"]) == 0

    return tmp_path


def change(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def change_section(root, edit):
    """Rewrite the body of one section."""
    path = root / CHAPTER
    section = read_book(root / "mkdocs.yml").sections[SECTION]
    body = section.text
    edited = edit(body)
    assert edited != body
    change(path, body, edited)


def items_of(root, section):
    """Return the items of a section, those that quote it, and those whose sections link to it."""
    book = read_book(root / "mkdocs.yml")
    page, _, anchor = section.partition("#")
    linking = {
        name
        for name, other in book.sections.items()
        if f"({section})" in other.text or (other.page == page and f"(#{anchor})" in other.text)
    }

    return {entry.item.id for entry in book.bank.entries if {section, *linking} & set(entry.item.sections)}


def quoting(root, section, words):
    """Return the items that quote a sentence of a section in which some words stand."""
    book = read_book(root / "mkdocs.yml")
    quoted = {
        entry.item.id: zip(entry.item.quoted, book.passages(entry.item), strict=True) for entry in book.bank.entries
    }

    return {
        name
        for name, pieces in quoted.items()
        for (place, _), passage in pieces
        if place == section and passage and any(words in sentence.text for sentence in passage.sentences)
    }


def reported(root, capsys):
    """Return the items that the check names for themselves, having made sure of path and line, and for what is around."""
    capsys.readouterr()
    code = main(["--config", str(root / "mkdocs.yml"), "check"])
    said = capsys.readouterr().out
    direct = DIRECT.findall(said)
    for path, line, name in direct:
        above = (root / path).read_text(encoding="utf-8").splitlines()[: int(line)]
        assert f"- id: {name}" in next(text for text in reversed(above) if "- id:" in text)
    around = AROUND.findall(said)
    assert all(len(names.split("、")) == int(count) for count, names in around)
    assert code == bool(direct or around)

    return {name for *_, name in direct}, {name for _, names in around for name in names.split("、")}


def strict_build(root):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", root / "mkdocs.yml"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr

    return done.returncode


NOTHING = (set(), set())


def test_nothing_is_reported_of_an_untouched_handbook(handbook, capsys):
    assert reported(handbook, capsys) == NOTHING
    assert strict_build(handbook) == 0


def test_a_changed_digit_in_a_section(handbook, capsys):
    change_section(handbook, lambda body: body + "\n登记编号共 12 位。\n")
    main(["--config", str(handbook / "mkdocs.yml"), "sync", "--all", "--reviewer", "x"])
    change(handbook / CHAPTER, "登记编号共 12 位", "登记编号共 13 位")

    assert reported(handbook, capsys) == (set(), items_of(handbook, SECTION))
    assert strict_build(handbook) == 1


def test_a_deleted_not(handbook, capsys):
    words = re.search(r"[^。；|\n]*不[^。；|\n]*", read_book(handbook / "mkdocs.yml").sections[SECTION].text)[0]
    reading = quoting(handbook, SECTION, words.partition("不")[2][:6])
    change_section(handbook, lambda body: body.replace("不", "", 1))

    direct, around = reported(handbook, capsys)
    assert direct == reading
    assert around == items_of(handbook, SECTION)
    assert strict_build(handbook) == 1


def test_a_quoted_sentence(handbook, capsys):
    book = read_book(handbook / "mkdocs.yml")
    entry = next(entry for entry in book.by_section[SECTION] if entry.item.evidence)
    sentence = book.passages(entry.item)[0].sentences[0].text
    reading = quoting(handbook, SECTION, sentence)
    end = sentence[-4:]
    change(handbook / CHAPTER, end, end[:-1] + "，另有规定的除外" + end[-1])

    assert reported(handbook, capsys) == (reading, items_of(handbook, SECTION))
    assert entry.item.id in reading


def test_an_edited_option(handbook, capsys):
    entry = read_book(handbook / "mkdocs.yml").bank.by_id["complaint-first-step"]
    text = entry.item.options[1].text
    change(handbook / entry.path, text, text + "，随后结束通话")

    assert reported(handbook, capsys) == ({"complaint-first-step"}, set())
    assert strict_build(handbook) == 1


def test_a_changed_fact(handbook, capsys):
    fact = "complaint-decision-simple"
    book = read_book(handbook / "mkdocs.yml")

    def uses(*texts):
        return fact in {name for text in texts for name, _ in references(text)}

    using = {
        entry.item.id
        for entry in book.bank.entries
        if uses(
            *(text for _, text in entry.item.texts()),
            *(words for _, words in entry.item.quoted),
            *(passage.text for passage in book.passages(entry.item) if passage),
        )
    }
    beside = {
        entry.item.id
        for entry in book.bank.entries
        if uses(*(book.sections[section].text for section in entry.item.sections))
    }
    path = handbook / "docs/facts.yml"
    before, after = path.read_text(encoding="utf-8").split(f"  {fact}:\n")
    path.write_text(f"{before}  {fact}:\n{after.replace('value: 15日', 'value: 20日', 1)}", encoding="utf-8")

    assert reported(handbook, capsys) == (using, beside - using)
    assert len(using) > 3
    assert strict_build(handbook) == 1


def test_a_deleted_section(handbook, capsys):
    book = read_book(handbook / "mkdocs.yml")
    expected = {entry.item.id for entry in book.bank.entries if SECTION in entry.item.sections}
    section = book.sections[SECTION]
    change(handbook / CHAPTER, f"## {section.title} {{ #records }}\n{section.text}", "")

    assert expected <= reported(handbook, capsys)[0]
    assert strict_build(handbook) == 1


def test_a_renamed_anchor(handbook, capsys):
    book = read_book(handbook / "mkdocs.yml")
    expected = {entry.item.id for entry in book.bank.entries if SECTION in entry.item.sections}
    change(handbook / CHAPTER, "{ #records }", "{ #logging }")

    assert reported(handbook, capsys)[0] == expected
    main(["--config", str(handbook / "mkdocs.yml"), "check"])
    assert "复核过的正文现在叫 'complaints.md#logging'" in capsys.readouterr().out
    assert strict_build(handbook) == 1


def test_sections_in_another_order(handbook, capsys):
    book = read_book(handbook / "mkdocs.yml")
    one, two = (book.sections[f"complaints.md#{anchor}"] for anchor in ("records", "escalation"))
    first, second = (f"## {section.title} {{ #{section.anchor} }}\n{section.text}" for section in (one, two))
    change(handbook / CHAPTER, first + second, second + first)

    assert reported(handbook, capsys) == NOTHING


def test_rewrapped_lines(handbook, capsys):
    change_section(
        handbook, lambda body: body.replace("，", "，\n    ", 1) if "\n- " in body else body.replace("\n\n", "\n\n\n")
    )

    assert reported(handbook, capsys) == NOTHING


def test_half_width_punctuation(handbook, capsys):
    change_section(
        handbook, lambda body: body.replace("，", ",").replace("。", ".").replace("：", ":").replace("（", "(")
    )

    assert reported(handbook, capsys) == NOTHING


def test_half_width_punctuation_in_every_chapter(handbook, capsys):
    narrow = str.maketrans("，。；：（）！？", ",.;:()!?")
    for path in (handbook / "docs/chapters").glob("*.md"):
        lines = path.read_text(encoding="utf-8").split("\n")
        plain = [line if re.search(r"[#\]`<]|\{\{", line) else line.translate(narrow) for line in lines]
        path.write_text("\n".join(plain), encoding="utf-8")

    assert reported(handbook, capsys) == NOTHING


def test_a_new_title(handbook, capsys):
    change(handbook / CHAPTER, "{ #records }", "（改了标题） { #records }")

    assert reported(handbook, capsys) == (set(), items_of(handbook, SECTION))
