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
REPORTED = re.compile(r"^(\S+):(\d+): 题目 '([^']+)' ", re.MULTILINE)


@pytest.fixture
def handbook(tmp_path):
    """A copy of the real handbook in which every item is reviewed."""
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    assert main(["--config", str(tmp_path / "mkdocs.yml"), "sync", "--all", "--reviewer", "initial"]) == 0

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
    return {entry.item.id for entry in read_book(root / "mkdocs.yml").by_section[section]}


def reported(root, capsys):
    """Return the items that the check names, having made sure that path and line are theirs."""
    capsys.readouterr()
    code = main(["--config", str(root / "mkdocs.yml"), "check"])
    found = REPORTED.findall(capsys.readouterr().out)
    for path, line, name in found:
        above = (root / path).read_text(encoding="utf-8").splitlines()[: int(line)]
        assert f"- id: {name}" in next(text for text in reversed(above) if "- id:" in text)
    assert code == bool(found)

    return {name for *_, name in found}


def strict_build(root):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", root / "mkdocs.yml"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr

    return done.returncode


def test_nothing_is_reported_of_an_untouched_handbook(handbook, capsys):
    assert set() == reported(handbook, capsys)
    assert strict_build(handbook) == 0


def test_a_changed_digit_in_a_section(handbook, capsys):
    change_section(handbook, lambda body: body + "\n登记编号共 12 位。\n")
    main(["--config", str(handbook / "mkdocs.yml"), "sync", "--all", "--reviewer", "x"])
    change(handbook / CHAPTER, "登记编号共 12 位", "登记编号共 13 位")

    assert items_of(handbook, SECTION) == reported(handbook, capsys)
    assert strict_build(handbook) == 1


def test_a_deleted_not(handbook, capsys):
    change_section(handbook, lambda body: body.replace("不", "", 1))

    assert items_of(handbook, SECTION) == reported(handbook, capsys)
    assert strict_build(handbook) == 1


def test_an_edited_option(handbook, capsys):
    entry = read_book(handbook / "mkdocs.yml").bank.by_id["complaint-first-step"]
    text = entry.item.options[1].text
    change(handbook / entry.path, text, text + "，随后结束通话")

    assert {"complaint-first-step"} == reported(handbook, capsys)
    assert strict_build(handbook) == 1


def test_a_changed_fact(handbook, capsys):
    fact = "complaint-decision-simple"
    book = read_book(handbook / "mkdocs.yml")
    using = {
        entry.item.id
        for entry in book.bank.entries
        for text in (book.sections[entry.item.section].text, *(text for _, text in entry.item.texts()))
        if fact in {name for name, _ in references(text)}
    }
    path = handbook / "docs/facts.yml"
    before, after = path.read_text(encoding="utf-8").split(f"  {fact}:\n")
    path.write_text(f"{before}  {fact}:\n{after.replace('value: 15日', 'value: 20日', 1)}", encoding="utf-8")

    assert using == reported(handbook, capsys)
    assert len(using) > 3
    assert strict_build(handbook) == 1


def test_a_deleted_section(handbook, capsys):
    expected = items_of(handbook, SECTION)
    section = read_book(handbook / "mkdocs.yml").sections[SECTION]
    change(handbook / CHAPTER, f"## {section.title} {{ #records }}\n{section.text}", "")

    assert expected == reported(handbook, capsys)
    assert strict_build(handbook) == 1


def test_a_renamed_anchor(handbook, capsys):
    expected = items_of(handbook, SECTION)
    change(handbook / CHAPTER, "{ #records }", "{ #logging }")

    assert expected == reported(handbook, capsys)
    main(["--config", str(handbook / "mkdocs.yml"), "check"])
    assert "复核过的正文现在叫 'complaints.md#logging'" in capsys.readouterr().out
    assert strict_build(handbook) == 1


def test_sections_in_another_order(handbook, capsys):
    book = read_book(handbook / "mkdocs.yml")
    one, two = (book.sections[f"complaints.md#{anchor}"] for anchor in ("records", "escalation"))
    first, second = (f"## {section.title} {{ #{section.anchor} }}\n{section.text}" for section in (one, two))
    change(handbook / CHAPTER, first + second, second + first)

    assert set() == reported(handbook, capsys)


def test_rewrapped_lines(handbook, capsys):
    change_section(
        handbook, lambda body: body.replace("，", "，\n    ", 1) if "\n- " in body else body.replace("\n\n", "\n\n\n")
    )

    assert set() == reported(handbook, capsys)


def test_half_width_punctuation(handbook, capsys):
    change_section(
        handbook, lambda body: body.replace("，", ",").replace("。", ".").replace("：", ":").replace("（", "(")
    )

    assert set() == reported(handbook, capsys)


def test_a_new_title(handbook, capsys):
    change(handbook / CHAPTER, "{ #records }", "（改了标题） { #records }")

    assert set() == reported(handbook, capsys)
