"""Who may review: a second reader where the law is concerned, nobody what they wrote themselves, and on no day to come."""

import json
import subprocess
from datetime import date

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import all_problems
from handbook.checks.facts import ahead
from handbook.cli import main
from handbook.problems import Refusal
from handbook.review.recording import read_decisions, record
from handbook.review.sync import State, standings, whole

BANK, LOCK, LOG = "docs/bank/claims.yml", "docs/bank/sync.lock", "docs/bank/review-log.jsonl"
ITEM = """  - id: {0}
    type: true_false
    section: claims.md#{0}
    level: remember
    difficulty: 1
    stem: 期限是{1}。
    options:
      - text: 正确
        key: true
        rationale: 期限是{1}。
      - text: 错误
        rationale: 写着。
"""
FACT = "  {0}: {{topic: 理赔, title: 期限, value: 两周, basis: 文件, status: {0}, checked: 2026-01-01}}\n"
FILES = {
    "docs/chapters/claims.md": "# 理赔 { #claims }\n\n"
    + "".join(f"## 节 {{ #{name} }}\n\n期限是 {{{{ {name} }}}}。\n\n" for name in ("law", "company")),
    "docs/facts.yml": "facts:\n" + FACT.format("law") + FACT.format("company"),
    BANK: "items:\n" + "".join(ITEM.format(name, f" {{{{ {name} }}}} ") for name in ("law", "company")),
}
OPTIONS = "site_name: x\nextra:\n  handbook:\n    review: {{{}}}\n"
PROBLEM = "题目 'law' 用到法定时限，还要第二个人复核；请另一位复核人运行 `handbook review`。"


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", **FILES})
    return tmp_path


def ask(root, option):
    write_files(root, {"mkdocs.yml": OPTIONS.format(f"{option}: true")})


def sync(root, reviewer, *items):
    return main(
        [
            "--config",
            str(root / "mkdocs.yml"),
            "sync",
            "--update",
            *(items or ("law", "company")),
            "--reviewer",
            reviewer,
        ]
    )


def book(root):
    return read_book(root / "mkdocs.yml")


def states(root):
    return {one.entry.item.id: one.state for one in standings(book(root))}


def test_a_second_reader_is_asked_for_where_the_law_is_concerned_and_nowhere_else(root):
    ask(root, "second_reader")
    assert sync(root, "王") == 0

    assert states(root) == {"law": State.SECOND, "company": State.IN_STEP}
    assert [str(problem) for problem in all_problems(book(root))] == [f"{BANK}:2: {PROBLEM}"]


def test_a_second_reader_is_somebody_else(root):
    ask(root, "second_reader")
    for _ in range(2):
        assert sync(root, "王", "law") == 0
        assert states(root)["law"] is State.SECOND

    assert sync(root, "李") == 0

    assert states(root) == {"law": State.IN_STEP, "company": State.IN_STEP}
    assert all_problems(book(root)) == []


def test_two_readers_of_different_texts_are_not_two(root):
    ask(root, "second_reader")
    assert sync(root, "王") == 0
    text = (root / BANK).read_text(encoding="utf-8")
    write_files(root, {BANK: text.replace("rationale: 期限是 {{ law }} 。", "rationale: 期限就是 {{ law }} 。")})
    assert sync(root, "李") == 0

    assert states(root)["law"] is State.SECOND


def test_nobody_is_asked_for_a_second_reader_unless_the_settings_do(root):
    assert sync(root, "王") == 0

    assert set(states(root).values()) == {State.IN_STEP}


def git(root, *arguments, author="王"):
    command = ["git", "-C", root, "-c", f"user.name={author}", "-c", "user.email=x@x", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def committed(root, author):
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", author, author=author)


def test_the_author_of_an_item_may_not_review_it(root, capsys):
    ask(root, "not_author")
    committed(root, "王")

    assert sync(root, "王") == 1

    assert capsys.readouterr().out.splitlines() == [
        f"{BANK}:2: 题目 'law' 是 王 自己写的，不能由本人复核；请换一位复核人。",
        f"{BANK}:14: 题目 'company' 是 王 自己写的，不能由本人复核；请换一位复核人。",
        "共 2 处问题。",
    ]
    assert not (root / LOCK).exists()
    assert not (root / LOG).exists()
    assert sync(root, "李") == 0


def test_who_wrote_a_line_of_an_item_is_its_author_and_of_no_other(root, capsys):
    ask(root, "not_author")
    committed(root, "王")
    text = (root / BANK).read_text(encoding="utf-8")
    write_files(
        root, {BANK: text.replace("rationale: 期限是 {{ company }} 。", "rationale: 期限就是 {{ company }} 。")}
    )
    committed(root, "李")

    assert sync(root, "李", "company") == 1
    assert "题目 'company' 是 李 自己写的" in capsys.readouterr().out
    assert sync(root, "李", "law") == 0
    assert sync(root, "赵", "company") == 0


def test_a_verdict_that_renews_nothing_is_refused_to_the_author_as_well(root):
    ask(root, "not_author")
    committed(root, "王")
    now = book(root)

    with pytest.raises(Refusal, match="题目 'law' 是 王 自己写的"):
        record(now, [whole(now, "law", "王", date(2026, 1, 1))])


@pytest.mark.parametrize("history", [False, True], ids=["no history", "not committed"])
def test_without_a_known_author_nobody_is_refused(root, history):
    ask(root, "not_author")
    if history:
        git(root, "init", "-q")

    assert sync(root, "王") == 0


def test_the_author_may_review_unless_the_settings_forbid_it(root):
    committed(root, "王")

    assert sync(root, "王") == 0


def decisions(root, **changes):
    now = book(root)
    saw = dict(whole(now, "law", "王", date(2026, 1, 1)).saw)
    decided = [{"item": "law", "verdict": "holds", "comment": "", "saw": saw}]
    file = {"format": "handbook-review-1", "reviewer": "王", "date": "2026-01-01", "decisions": decided, **changes}
    write_files(root, {"decisions.json": json.dumps(file, ensure_ascii=False)})
    return root / "decisions.json"


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("2099-01-01", "复核日期 2099-01-01 还没有到；请检查复核人电脑的日期，再保存一次。"),
        ("2026-02-30", "没有 '2026-02-30' 这一天；请写成 2026-01-31 这样。"),
        ("2026-13-01", "没有 '2026-13-01' 这一天；请写成 2026-01-31 这样。"),
    ],
)
def test_decisions_of_a_day_to_come_or_of_none_are_refused(root, capsys, day, what):
    file = decisions(root, date=day)

    assert main(["--config", str(root / "mkdocs.yml"), "sync", "--apply", str(file)]) == 1

    assert capsys.readouterr().out == f"{file}:1: {what}\n共 1 处问题。\n"
    assert not (root / LOCK).exists()


def test_a_day_to_come_is_one_after_that_on_which_decisions_are_written_down(root):
    file = decisions(root, date="2026-01-02")

    assert read_decisions(file, "x", date(2026, 1, 2)).date == "2026-01-02"
    with pytest.raises(Refusal):
        read_decisions(file, "x", date(2026, 1, 1))


@pytest.mark.parametrize("name", ["王\n李", "王、李", "#王", "initial"])
def test_decisions_of_a_name_that_would_break_the_lock_are_refused(root, capsys, name):
    file = decisions(root, reviewer=name)

    assert main(["--config", str(root / "mkdocs.yml"), "sync", "--apply", str(file)]) == 1
    assert capsys.readouterr().out.splitlines()[0].startswith(f"{file}:1: 复核人的名字 ")
    assert not (root / LOCK).exists()


def test_a_fact_checked_on_a_day_to_come_is_found_by_whoever_knows_the_day(root):
    now = book(root)

    assert list(ahead(now, date(2026, 1, 1))) == []
    assert [problem.what for problem in ahead(now, date(2025, 12, 31))] == [
        "事实 'law' 的核对日期 2026-01-01 还没有到",
        "事实 'company' 的核对日期 2026-01-01 还没有到",
    ]
    assert [one for one in all_problems(now) if "核对日期" in one.what] == []
    assert len([one for one in all_problems(now, date(2025, 1, 1)) if "核对日期" in one.what]) == 2
