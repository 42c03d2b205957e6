"""What a trainer sees when stamping, and when history is missing."""

import errno
import subprocess
from pathlib import Path

import pytest
from tests.conftest import CHAPTER, ROOT, write_files

from handbook.cli import main

ITEM = """items:
  - id: claims-notice
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 拒赔通知书要说明理由。
    options:
      - {text: 正确, key: true, rationale: 对。}
      - {text: 错误, rationale: 错。}
"""


@pytest.fixture
def reviewed(project):
    write_files(project, {"docs/bank/claims.yml": bank()})
    assert run(project, "sync", "--all", "--reviewer", "王老师") == 0

    return project


def bank():
    return ITEM + ITEM.removeprefix("items:\n").replace("claims-notice", "claims-two")


def run(project, *arguments):
    return main(["--config", str(project / "mkdocs.yml"), *arguments])


def git(project, *arguments):
    identity = ["-c", "user.name=x", "-c", "user.email=x@x"]
    subprocess.run(["git", "-C", project, *identity, *arguments], check=True, capture_output=True)


def lock(project):
    return (project / "docs/bank/sync.lock").read_text(encoding="utf-8")


def change_chapter(project):
    write_files(project, {"docs/chapters/claims.md": CHAPTER.replace("三日", "五日")})


def test_in_step_is_exit_code_0(reviewed, capsys):
    assert run(reviewed, "sync") == 0
    assert "共 2 道题，0 道需要复核。" in capsys.readouterr().out


def test_a_stale_item_is_shown_with_its_key_and_the_change_word_by_word(reviewed, capsys):
    write_files(reviewed, {"docs/bank/claims.yml": bank().replace("要说明理由", "不用说明理由", 1)})

    assert run(reviewed, "sync") == 1
    said = capsys.readouterr().out
    assert "题目 'claims-notice' 待复核" in said
    assert "答案：正确" in said
    assert "变动：题目本身：" in said
    assert "拒赔通知书【删：要】【增：不用】说明理由。" in said
    assert "王老师" in said
    assert "共 2 道题，1 道需要复核。" in said


def test_what_changed_around_items_is_shown_once_with_its_items(reviewed, capsys):
    change_chapter(reviewed)

    assert run(reviewed, "sync") == 1
    said = capsys.readouterr().out
    assert "docs/chapters/claims.md:3: 小节 'claims.md#deadlines' 待确认" in said
    assert said.count("拒赔通知书【删：三】【增：五】日内发出。") == 1
    assert "题目：claims-notice、claims-two" in said
    assert "共 2 道题，2 道需要复核。" in said


def test_an_item_that_nobody_has_reviewed_is_shown_with_its_section(project, capsys):
    write_files(project, {"docs/bank/claims.yml": ITEM})

    assert run(project, "sync") == 1
    said = capsys.readouterr().out
    assert "题目 'claims-notice' 未复核" in said
    assert "小节：## 理赔时限 拒赔通知书三日内发出。" in said


def test_what_came_with_the_handbook_is_counted_and_is_no_problem(reviewed, capsys):
    write_files(reviewed, {"docs/bank/sync.lock": lock(reviewed).replace("王老师", "initial")})

    assert run(reviewed, "sync") == 0
    assert "共 2 道题，0 道需要复核，2 道尚未有人复核。" in capsys.readouterr().out


def test_without_the_text_that_was_reviewed_it_says_so(reviewed, capsys):
    (reviewed / "docs/bank/reviewed.jsonl").unlink()
    change_chapter(reviewed)

    assert run(reviewed, "sync") == 1
    assert "没有存下复核时的文字，现在是：## 理赔时限 拒赔通知书五日内发出。" in capsys.readouterr().out


def test_update_touches_the_named_item_only(reviewed):
    before = lock(reviewed).splitlines()
    change_chapter(reviewed)

    assert run(reviewed, "sync", "--update", "claims-two", "--reviewer", "李 老师") == 0
    after = lock(reviewed).splitlines()
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed
    assert {line.split()[0] for line in changed} == {"claims-two"}
    assert [line.endswith(" 李 老师") for line in changed if " section " in line] == [True]  # read by nobody else
    assert {line.endswith("、李 老师") for line in changed if " section " not in line} == {True}


def test_all_leaves_what_is_in_step_to_its_reviewer(reviewed):
    assert run(reviewed, "sync", "--all", "--reviewer", "别人") == 0
    assert "别人" not in lock(reviewed)


def test_a_stamp_needs_a_reviewer(reviewed, capsys):
    before = lock(reviewed)

    assert run(reviewed, "sync", "--update", "claims-two") == 2
    assert "--reviewer" in capsys.readouterr().err
    assert lock(reviewed) == before


def test_an_unknown_item_is_misuse_and_nothing_is_written(reviewed, capsys):
    before = lock(reviewed)

    assert run(reviewed, "sync", "--update", "claims-two", "nobody", "--reviewer", "x") == 2
    assert "nobody" in capsys.readouterr().err
    assert lock(reviewed) == before


def test_a_stamp_left_over_is_named_and_can_be_removed(reviewed, capsys):
    write_files(reviewed, {"docs/bank/claims.yml": ITEM})

    assert run(reviewed, "sync") == 1
    first = next(n for n, line in enumerate(lock(reviewed).splitlines(), 1) if line.startswith("claims-two"))
    assert f"docs/bank/sync.lock:{first}: 题库里已经没有题目 'claims-two'" in capsys.readouterr().out
    assert run(reviewed, "sync", "--update", "claims-two") == 0
    assert "claims-two" not in lock(reviewed)


def test_a_lock_that_cannot_be_written_is_one_line_and_stays_as_it_was(reviewed, monkeypatch, capsys):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = {path.name: path.read_bytes() for path in (reviewed / "docs/bank").iterdir()}
    change_chapter(reviewed)
    monkeypatch.setattr(Path, "replace", full)

    assert run(reviewed, "sync", "--all", "--reviewer", "x") == 1
    assert "docs/bank/sync.lock: 写不进去（No space left on device）" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (reviewed / "docs/bank").iterdir()} == before


def test_changes_since_a_revision(reviewed, capsys):
    git(reviewed, "init", "-q")
    git(reviewed, "add", ".")
    git(reviewed, "commit", "-qm", "first")
    change_chapter(reviewed)

    assert run(reviewed, "changes", "HEAD") == 0
    said = capsys.readouterr().out
    assert "- 改：第 1 章 理赔时限：拒赔通知书【删：三】【增：五】日内发出。" in said
    assert "## 请重做这些自测\n\n- 第 1 章 理赔\n" in said


def test_a_changed_item_is_named_by_its_chapter_and_by_how_its_case_begins(reviewed, capsys):
    case = '    stimulus: "客户的女儿来电，说父亲病重住院，要替他把保单退掉，越快越好。"\n    stem: 怎样答复才对？'
    path = reviewed / "docs/bank/claims.yml"
    path.write_text(ITEM.replace("    stem: 拒赔通知书要说明理由。", case), encoding="utf-8")
    git(reviewed, "init", "-q")
    git(reviewed, "add", ".")
    git(reviewed, "commit", "-qm", "first")
    path.write_text(path.read_text(encoding="utf-8").replace("对。", "改了。"), encoding="utf-8")

    assert run(reviewed, "changes", "HEAD") == 0
    assert "- 改：第 1 章 “客户的女儿来电，说父亲病重住院，要替他把保单退掉……”怎样答复才对？" in capsys.readouterr().out


def test_nothing_to_redo_when_nothing_changed(reviewed, capsys):
    git(reviewed, "init", "-q")
    git(reviewed, "add", ".")
    git(reviewed, "commit", "-qm", "first")

    assert run(reviewed, "changes", "HEAD") == 0
    assert "## 请重做这些自测\n\n- 不需要\n" in capsys.readouterr().out


def test_an_unknown_revision_is_misuse(reviewed, capsys):
    assert run(reviewed, "changes", "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


def test_the_schema_for_editors_is_up_to_date(project):
    (project / "docs/bank/schema.json").write_text("{}")

    assert run(project, "schema") == 0
    for name in ("docs/bank/schema.json", "docs/bank/blueprints/schema.json"):
        assert (project / name).read_text(encoding="utf-8") == (ROOT / name).read_text(encoding="utf-8")


def test_what_mkdocs_takes_from_the_environment_has_its_usual_place_here(project, capsys):
    write_files(project, {"mkdocs.yml": "site_name: x\ndocs_dir: !ENV [DOCS, docs]\nsite_dir: !ENV SITE\n"})

    assert run(project, "check") == 0
    assert "1 章" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("leaks", "handbook leaks: 还要写明 --bank；写法见 handbook leaks --help。"),
        ("paper x --seed abc", "handbook paper: --seed 要写一个整数，不能是 'abc'；写法见 handbook paper --help。"),
        ("sync --reviewer", "handbook sync: --reviewer 后面要写上内容；写法见 handbook sync --help。"),
        ("check --banks x", "handbook: 不认识 --banks x，请检查拼写；写法见 handbook --help。"),
        ("chek", "handbook: 命令 不能是 'chek'；请从这些里选："),
    ],
)
def test_a_mistyped_command_is_answered_in_one_line_of_chinese(line, said, capsys):
    with pytest.raises(SystemExit) as left:
        main(line.split())

    assert left.value.code == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1


def test_a_folder_that_is_there_already_is_not_prepared_for_zensical(project, capsys):
    assert run(project, "prepare", str(project / "docs")) == 2
    assert "已经有了" in capsys.readouterr().err


def test_nothing_is_prepared_of_a_faulty_book(project, capsys):
    write_files(project, {"docs/chapters/claims.md": CHAPTER.replace("{ #deadlines }", "{ #期限 }")})

    assert run(project, "prepare", str(project / "prepared")) == 1
    assert "docs/chapters/claims.md:3: " in capsys.readouterr().out
    assert not (project / "prepared").exists()
