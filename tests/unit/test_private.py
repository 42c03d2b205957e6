"""A company's secret bank lies elsewhere, keeps its own lock, and never reaches the site."""

import shutil

import pytest
from tests.conftest import ROOT

from handbook.cli import main

SOURCE = ROOT / "tests/private/mixed.yml"
COUNT = SOURCE.read_text(encoding="utf-8").count("\n  - id: ")


@pytest.fixture
def bank(tmp_path):
    (tmp_path / "secret").mkdir()
    shutil.copy(SOURCE, tmp_path / "secret")

    return tmp_path / "secret"


def run(*arguments, config=ROOT / "mkdocs.yml"):
    return main(["--config", str(config), *map(str, arguments)])


def kept():
    """Return what the public bank holds of its reviews."""
    names = ("sync.lock", "reviewed.jsonl", "review-log.jsonl")
    paths = [ROOT / "docs/bank" / name for name in names]
    return [path.read_bytes() for path in paths if path.exists()]


def test_its_items_are_stamped_in_its_own_lock(bank, capsys):
    before = kept()

    assert run("sync", "--bank", bank) == 1
    assert f"共 {COUNT} 道题，{COUNT} 道需要复核。" in capsys.readouterr().out
    assert run("sync", "--bank", bank, "--all", "--reviewer", "王老师") == 0
    lines = [
        line for line in (bank / "sync.lock").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    assert sum(" item - " in line for line in lines) == COUNT
    assert {line.split()[-1] for line in lines} == {"王老师"}
    assert (bank / "review-log.jsonl").read_text(encoding="utf-8").count("\n") == COUNT
    assert run("sync", "--bank", bank) == 0
    assert kept() == before


def test_check_speaks_of_the_private_files_only_and_by_the_path_given(bank, capsys):
    assert run("check", "--bank", bank) == 1
    said = capsys.readouterr().out.splitlines()[:-1]
    assert len([line for line in said if "还没有复核过" in line]) == COUNT
    assert [line for line in said if not line.startswith(f"{bank}/mixed.yml:")] == []


def test_a_paper_is_assembled_from_it_by_its_own_blueprint(bank, capsys):
    (bank / "blueprints").mkdir()
    written = (
        "title: t\ninstructions: i\nminutes: 5\npass_percent: 60\nparts:\n  - {type: single, count: 2, points: 5}\n"
    )
    (bank / "blueprints/secret-check.yml").write_text(written, encoding="utf-8")

    assert run("paper", "secret-check", "--forms", "A,B", "--seed", "7", "--show", "--bank", bank) == 0
    said = capsys.readouterr().out
    assert "A 卷：2 道题，10 分" in said
    assert "A 卷与 B 卷：共用 0 道题" in said


def test_a_blueprint_it_cannot_meet_is_refused_with_reasons(bank, capsys):
    assert run("paper", "2026-standard", "--seed", "7", "--bank", bank) == 1
    said = capsys.readouterr().out
    assert "docs/bank/blueprints/2026-standard.yml:" in said
    assert "要 10 道单选题，题库里有 5 道；请再写 5 道这样的题，或把 count 改成 5。" in said


def test_an_id_of_the_public_bank_is_refused(bank, capsys):
    text = (bank / "mixed.yml").read_text(encoding="utf-8")
    (bank / "mixed.yml").write_text(text.replace("secret-claims-transfer", "claims-late-report"), encoding="utf-8")

    assert run("check", "--bank", bank) == 1
    said = capsys.readouterr().out
    assert f"{bank}/mixed.yml:3: 题目 'claims-late-report' 的编号与公开题库 docs/bank/claims.yml:" in said


def test_a_section_that_is_not_there_is_reported_at_its_line(bank, capsys):
    text = (bank / "mixed.yml").read_text(encoding="utf-8")
    (bank / "mixed.yml").write_text(text.replace("claims.md#cross-region", "claims.md#cross-regions"), encoding="utf-8")

    assert run("check", "--bank", bank) == 1
    assert f"{bank}/mixed.yml:5: 题目 'secret-claims-transfer' 所指的小节" in capsys.readouterr().out


def test_a_bank_inside_the_published_folder_is_misuse(capsys):
    assert run("check", "--bank", ROOT / "docs/bank") == 2
    assert "保密题库要放在手册之外" in capsys.readouterr().err


def test_a_folder_without_items_is_misuse(tmp_path, capsys):
    assert run("check", "--bank", tmp_path) == 2
    assert "不是题库文件夹" in capsys.readouterr().err
