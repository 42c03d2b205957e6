"""`handbook paper` from blueprint to files."""

import pytest
from tests.conftest import ROOT

from handbook.cli import main


def run(*arguments):
    return main(["--config", str(ROOT / "mkdocs.yml"), "paper", *map(str, arguments)])


def test_a_blueprint_becomes_papers_and_a_record(tmp_path, capsys):
    assert run("quick-check", "--forms", "A", "--seed", "1", "--out", tmp_path) == 0

    said = capsys.readouterr().out
    (record,) = tmp_path.glob("*-record.json")
    kinds = ("试卷", "试卷-A3", "答题卡", "答案与评分标准")
    papers = {f"quick-check-A-{kind}.{ending}" for kind in kinds for ending in ("pdf", "docx")}
    assert {path.name for path in tmp_path.iterdir()} == {*papers, record.name}
    assert f"记录 {record.name.split('-')[2]}（{record.name}）" in said
    assert "A 卷：20 道题" in said


def test_show_writes_nothing(tmp_path, capsys):
    assert run("quick-check", "--seed", "1", "--show", "--out", tmp_path / "out") == 0

    assert "A 卷：20 道题" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["quick-check"],
        ["--seed", "1"],
        ["quick-check", "--seed", "1", "--from", "x.json"],
        ["--from", "x.json", "--seed", "1"],
        ["--from", "x.json", "--show"],
    ],
)
def test_what_is_missing_or_too_much_is_said_in_one_line(arguments, capsys):
    assert run(*arguments) == 2

    said = capsys.readouterr().err
    assert "handbook paper 2026-standard --forms A,B,C --seed 2026" in said
    assert "--from 记录" in said
    assert said.count("\n") == 1


def test_a_record_that_is_not_there_is_named(capsys):
    assert run("--from", "/nowhere/x-record.json") == 1
    assert "/nowhere/x-record.json:1: 读不出这个文件" in capsys.readouterr().out
