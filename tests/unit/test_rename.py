"""A name that changes is changed wherever it is written, and nothing else is; whoever remembers the old one finds the new."""

import re

import pytest
from tests.conftest import write_files

from handbook.authoring.edits import Edit, edited
from handbook.book import read_book
from handbook.checks import all_problems
from handbook.cli import main
from handbook.exams.assembly import parallel_forms
from handbook.papers.records import recorded
from handbook.papers.reprints import Since, restored, uses
from handbook.review.sync import State, standings

PAGE, OTHER, BANK = "docs/chapters/claims.md", "docs/chapters/other.md", "docs/bank/claims.yml"
LOCK, LOG, TEXTS = "docs/bank/sync.lock", "docs/bank/review-log.jsonl", "docs/bank/reviewed.jsonl"
BLUEPRINT, GLOSSARY, CONFIG = "docs/bank/blueprints/small.yml", "docs/glossary.yml", "mkdocs.yml"
CARD = "docs/pocket-card.yml"
FILES = {
    CONFIG: """site_name: x  # claims.md
nav:
  - chapters/claims.md # 理赔
  - 别的: 'chapters/other.md'
not_in_nav: |
  /more/chapters/claims.md.bak
  /index.md
""",
    "docs/index.md": """# 首页 { #home }

见[理赔](chapters/claims.md)、[材料](<chapters/claims.md#papers> "chapters/claims.md")，`claims.md#papers`。
[题](chapters/claims.md#item-first)、[问](chapters/claims.md?x=1#papers)、[外](https://x.cn/claims.md#papers)

[1]: chapters/claims.md#papers

```text
[材料](chapters/claims.md#papers)
<!-- quiz: first -->
```
""",
    PAGE: """# 理赔 { #claims }

见[材料](#papers)、[材料](claims.md#papers)，[别的](other.md#papers)。#papers

## 材料 { #papers .wide }

先登记，再核对材料。
<!-- quiz: second,first -->

## 时限 { #papers-late }

三日内通知，见[第一题](#item-first)、[又](other.md#item-first-again)。
""".replace("材料。\n<!--", "材料。\n\n<!--"),
    OTHER: "# 别的 { #other }\n\n见[材料](claims.md#papers)。\n\n## 材料 { #papers }\n\n别的材料，不是 claims.md。\n",
    BANK: """# claims.md#papers：本章的题，first 是第一道
items:
  - id: first   # first
    type: true_false
    section: 'claims.md#papers'
    evidence:
      - 先登记，再核对材料
      - claims.md#papers-late: 三日内通知
      - "claims.md#papers": 再核对材料
    enemies: [second, "first-again"]
    level: remember
    difficulty: 1
    stem: 按[材料](claims.md#papers)，先登记。claims.md#papers 和 first 都不是链接。
    options:
      - {text: 正确, key: true, rationale: 先登记。}
      - {text: 错误, rationale: 先登记。}

  - {id: second, type: true_false, section: claims.md#papers-late, level: remember, difficulty: 1, stem: 三日内通知。,
     enemies: [first],
     options: [{text: 正确, key: true, rationale: 三日内。}, {text: 错误, rationale: 三日内。}]}
  - type: true_false
    id: first-again
    formerly:
      - long-ago
    section: other.md#papers
    evidence: [{section: claims.md#papers, words: 先登记，再核对}]
    level: remember
    difficulty: 1
    stem: 别的材料。
    options:
      - {text: 正确, key: true, rationale: 别的。}
      - {text: 错误, rationale: 别的。}
""",
    BLUEPRINT: """title: 小测
instructions: 只考 claims 和 other。
minutes: 5
pass_percent: 60
parts:
  - {type: true_false, count: 2, points: 1}
chapters: {claims: {min: 1}, other: {max: 2}} # claims
cells:
  - {chapter: claims, type: true_false}
enemies:
  - [first, second]
exclude: []
mock_forms: 1
""",
    GLOSSARY: "terms:\n  材料: # claims.md#papers\n    means: 登记用的东西。\n    see: claims.md#papers\n",
}


@pytest.fixture
def root(tmp_path):
    """The handbook after somebody has reviewed all of it."""
    write_files(tmp_path, FILES)
    assert run(tmp_path, "sync", "--all", "--reviewer", "王") == 0
    assert all_problems(book(tmp_path)) == []

    return tmp_path


def run(root, *arguments):
    return main(["--config", str(root / "mkdocs.yml"), *arguments])


def book(root):
    return read_book(root / "mkdocs.yml")


def contents(root):
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in files}


def changed(root, before):
    """Return the lines that are no longer there and those that have come, of each file that differs, by its name now."""
    after = contents(root)
    found = {}
    for name in sorted(before.keys() | after.keys()):
        old, new = (files.get(name, "").splitlines() for files in (before, after))
        if old != new:
            found[name] = [line for line in old if line not in new], [line for line in new if line not in old]
    return found


def in_step(root):
    """Tell whether nothing is said of a handbook, and nothing is to be reviewed again."""
    now = book(root)
    assert all_problems(now) == []
    assert {one.state for one in standings(now)} == {State.IN_STEP}
    assert [one.entry.item.id for one in standings(now) if one.changes] == []
    assert {one.digest for stamps in now.lock.stamps.values() for one in stamps.values()} <= now.reviewed.texts.keys()
    return True


def test_an_anchor(root):
    before = contents(root)

    assert run(root, "rename", "section", "claims.md#papers", "documents") == 0

    assert in_step(root)
    found = changed(root, before)
    assert found.keys() == {"docs/index.md", PAGE, OTHER, BANK, GLOSSARY, LOCK, LOG, TEXTS}
    assert found[PAGE] == (
        ["见[材料](#papers)、[材料](claims.md#papers)，[别的](other.md#papers)。#papers", "## 材料 { #papers .wide }"],
        [
            "见[材料](#documents)、[材料](claims.md#documents)，[别的](other.md#papers)。#papers",
            "## 材料 { #documents .wide }",
        ],
    )
    assert found[BANK][1] == [
        "    section: 'claims.md#documents'",
        '      - "claims.md#documents": 再核对材料',
        "    stem: 按[材料](claims.md#documents)，先登记。claims.md#papers 和 first 都不是链接。",
        "    evidence: [{section: claims.md#documents, words: 先登记，再核对}]",
    ]
    assert found["docs/index.md"][1] == [
        '见[理赔](chapters/claims.md)、[材料](<chapters/claims.md#documents> "chapters/claims.md")，`claims.md#papers`。',
        "[题](chapters/claims.md#item-first)、[问](chapters/claims.md?x=1#documents)、[外](https://x.cn/claims.md#papers)",
        "[1]: chapters/claims.md#documents",
    ]
    assert found[GLOSSARY][1] == ["    see: claims.md#documents"]
    log = (root / LOG).read_text(encoding="utf-8")
    assert "claims.md#papers" not in re.sub("claims.md#papers-late", "", log)


def test_a_chapter(root):
    before = contents(root)

    assert run(root, "rename", "chapter", "claims", "claim-service") == 0

    assert in_step(root)
    after = contents(root)
    now, bank = "docs/chapters/claim-service.md", "docs/bank/claim-service.yml"
    assert before.keys() - after.keys() == {PAGE, BANK}
    assert after.keys() - before.keys() == {now, bank}
    assert after[now] == before[PAGE].replace("](claims.md", "](claim-service.md")
    named = re.compile(r"(section: |section: '|evidence: \[\{section: |- |- \"|\]\()claims\.md#")
    assert after[bank] == named.sub(r"\1claim-service.md#", before[BANK])
    assert after[CONFIG] == before[CONFIG].replace("- chapters/claims.md", "- chapters/claim-service.md")
    assert after[BLUEPRINT] == before[BLUEPRINT].replace("{claims:", "{claim-service:").replace(
        "chapter: claims", "chapter: claim-service"
    )
    assert after[GLOSSARY] == before[GLOSSARY].replace("see: claims", "see: claim-service")
    assert after[OTHER] == before[OTHER].replace("(claims.md", "(claim-service.md")
    links = re.compile(r"(?<=\]\()chapters/claims\.md|(?<=\]\(<)chapters/claims\.md|(?<=\[1\]: )chapters/claims\.md")
    outside = re.compile(r"(?s)```.*```")
    expected = links.sub("chapters/claim-service.md", outside.sub("", before["docs/index.md"]))
    assert outside.sub("", after["docs/index.md"]) == expected
    assert outside.search(after["docs/index.md"])[0] == outside.search(before["docs/index.md"])[0]


@pytest.mark.parametrize(
    ("renaming", "now"),
    [
        (("section", "other.md#list", "steps"), "other.md#steps"),
        (("chapter", "other", "practice"), "practice.md#list"),
    ],
)
def test_a_section_from_which_the_card_takes_a_list(renaming, now, root):
    card = "panels:\n  steps: # other.md#list\n    title: other.md#list\n    sections: [other.md#list]\n"
    write_files(root, {CARD: card, OTHER: f"{FILES[OTHER]}\n## 步骤 {{ #list }}\n\n- 登记\n"})

    assert run(root, "rename", *renaming) == 0

    assert (root / CARD).read_text(encoding="utf-8") == card.replace("[other.md#list]", f"[{now}]")


def test_a_page_that_the_navigation_need_not_name(root):
    path = root / CONFIG
    text = path.read_text(encoding="utf-8")
    text = text.replace("  - chapters/claims.md # 理赔\n", "").replace(
        "  /index.md\n", "  /index.md\n  /chapters/claims.md\n"
    )
    path.write_text(text, encoding="utf-8")

    assert run(root, "rename", "chapter", "claims.md", "claim-service") == 0

    assert path.read_text(encoding="utf-8") == text.replace("  /chapters/claims.md\n", "  /chapters/claim-service.md\n")
    assert all_problems(book(root)) == []


def test_an_item(root):
    before = contents(root)

    assert run(root, "rename", "item", "first", "begin") == 0

    assert in_step(root)
    after = contents(root)
    assert changed(root, before).keys() == {"docs/index.md", PAGE, BANK, BLUEPRINT, LOCK, LOG}
    assert after[PAGE] == before[PAGE].replace("second,first", "second,begin").replace("#item-first)", "#item-begin)")
    assert after["docs/index.md"] == before["docs/index.md"].replace("#item-first)", "#item-begin)")
    assert after[BANK] == before[BANK].replace(
        "  - id: first   # first\n", "  - id: begin   # first\n    formerly: [first]\n"
    ).replace("enemies: [first]", "enemies: [begin]")
    assert after[BLUEPRINT] == before[BLUEPRINT].replace("[first,", "[begin,")
    assert [line for line in after[LOCK].splitlines() if line.startswith("first ")] == []
    assert {review.item for review in book(root).reviewed.log} == {"begin", "second", "first-again"}


@pytest.mark.parametrize(
    ("item", "head", "lines"),
    [
        ("first-again", "    formerly:\n", "    formerly:\n      - first-again\n      - long-ago\n"),
        ("second", "  - {id: second,", "  - {id: anew, formerly: [second],"),
    ],
    ids=["list", "in braces"],
)
def test_an_item_remembers_its_ids_as_its_author_writes(root, item, head, lines):
    before = (root / BANK).read_text(encoding="utf-8")
    assert head in before

    assert run(root, "rename", "item", item, "anew") == 0

    after = (root / BANK).read_text(encoding="utf-8")
    assert lines in after
    assert in_step(root)
    assert run(root, "rename", "item", "anew", "once-more") == 0
    assert book(root).bank.by_id["once-more"].item.formerly[:2] == ("anew", item)


def test_lines_end_as_before_and_the_lock_stays_sorted(root):
    for name in (PAGE, BANK, CONFIG, GLOSSARY):
        (root / name).write_bytes((root / name).read_bytes().replace(b"\n", b"\r\n"))

    assert run(root, "rename", "item", "first", "zebra") == 0
    assert run(root, "rename", "chapter", "claims", "claim-service") == 0

    after = contents(root)
    for name in ("docs/chapters/claim-service.md", "docs/bank/claim-service.yml", CONFIG, GLOSSARY):
        assert "\n" not in after[name].replace("\r\n", "")
    assert in_step(root)
    lock = after[LOCK]
    assert run(root, "sync", "--resolve") == 0
    assert (root / LOCK).read_text(encoding="utf-8") == lock


def test_a_line_of_the_first_edition(root):
    old = f"first {'a' * 12} claims.md#papers {'b' * 12} - 2026-01-01 initial\n"
    (root / LOCK).write_text(old, encoding="utf-8")

    assert run(root, "rename", "section", "claims.md#papers", "documents") == 0
    assert run(root, "rename", "item", "first", "begin") == 0

    expected = old.replace("first", "begin").replace("#papers", "#documents")
    assert (root / LOCK).read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chapter", "claim", "x"), "没有章节 'claim.md'；请检查拼写，也许是 'claims.md'。"),
        (("section", "claims.md#paper", "x"), "没有小节 'claims.md#paper'；请检查拼写，也许是 'claims.md#papers'。"),
        (("item", "frist", "x"), "没有题目 'frist'；请检查拼写，也许是 'first'。"),
        (("chapter", "claims", "other"), "已经有 docs/chapters/other.md；请换一个名字。"),
        (
            ("section", "claims.md#papers", "claims"),
            "claims.md 里已经有锚点 'claims'，或者网站自己要用它；请换一个名字。",
        ),
        (("section", "claims.md#papers", "quiz"), "claims.md 里已经有锚点 'quiz'，或者网站自己要用它；请换一个名字。"),
        (("item", "first", "second"), "编号 'second' 用过了，用过的编号不再使用；请换一个。"),
        (("item", "first", "long-ago"), "编号 'long-ago' 用过了，用过的编号不再使用；请换一个。"),
        (("item", "first", "First"), "'First' 不合格式；只用小写英文字母、数字和短横线，以字母开头。"),
        (("chapter", "claims", "理赔"), "'理赔' 不合格式；只用小写英文字母、数字和短横线，以字母开头。"),
        (("section", "claims.md#papers", "a b"), "'a b' 不合格式；只用小写英文字母、数字和短横线，以字母开头。"),
        (("fact", "a", "b"), "handbook rename: 种类 不能是 'fact'；请从这些里选：'chapter', 'section', 'item'；"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_touched(root, capsys, arguments, said):
    before = contents(root)

    if arguments[0] == "fact":
        with pytest.raises(SystemExit, match="2"):
            run(root, "rename", *arguments)
    else:
        assert run(root, "rename", *arguments) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(said)
    assert contents(root) == before


@pytest.mark.parametrize(
    ("name", "added"),
    [(BANK, "  - id: x\n"), (LOCK, "nonsense\n"), (LOG, "<<<<<<< HEAD\n"), (PAGE, "\n## 没有锚点\n")],
)
def test_a_faulty_handbook_is_refused_with_its_faults(root, capsys, name, added):
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(added)
    before = contents(root)
    capsys.readouterr()

    assert run(root, "rename", "item", "first", "begin") == 1
    assert capsys.readouterr().out.startswith(f"{name}:")
    assert contents(root) == before


def test_when_a_file_cannot_be_written_all_are_as_they_were(root, monkeypatch, capsys):
    before = contents(root)
    replace, calls = type(root).replace, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == 5:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(type(root), "replace", failing)

    assert run(root, "rename", "chapter", "claims", "claim-service") == 1
    assert "写不进去" in capsys.readouterr().out
    assert contents(root) == before


def test_records_of_papers_find_an_item_by_its_former_id(root):
    before = book(root)
    record = recorded(before, parallel_forms(before, "small", ["A"], 1), 1, commit=None)
    used = record.forms[0].items[0].id
    assert run(root, "rename", "item", used, "begin") == 0
    now = book(root)

    assert [use.since for name in (used, "begin") for use in uses(now, record, name)] == [Since.SAME, Since.SAME]
    (form,) = restored(now, record, "record.json")
    assert [place.item.id for place in form.places] == ["begin", record.forms[0].items[1].id]
    assert list(uses(now, record, "nobody")) == []


def test_the_file_of_a_private_bank_and_the_public_one_follow_a_chapter(root):
    secret = root / "secret"
    text = FILES[BANK].replace("id: first", "id: third").replace("id: second", "id: fourth").replace("first", "third")
    text = text.replace("third-again", "fifth").replace("long-ago", "old").replace("second", "fourth")
    write_files(root, {"secret/claims.yml": text})
    assert run(root, "sync", "--bank", str(secret), "--all", "--reviewer", "王") == 0

    assert run(root, "rename", "chapter", "claims", "claim-service", "--bank", str(secret)) == 0

    assert sorted(path.name for path in secret.glob("*.yml")) == ["claim-service.yml"]
    assert in_step(root)
    private = read_book(root / "mkdocs.yml", secret)
    assert {one.state for one in standings(private)} == {State.IN_STEP}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\nb b\n", "a\nx y\n"), ("a\r\nb b", "a\r\nx y"), ("a\rb b\r", "a\rx y\r")],
    ids=["unix", "windows without an end", "old mac"],
)
def test_edits_leave_all_else(text, expected):
    assert edited(text, [Edit(2, 0, 1, "x"), Edit(2, 2, 3, "y")]) == expected


def test_a_new_line_ends_as_its_neighbours():
    assert edited("a\r\nb", [Edit(2, 1, 1, "\nc\n")]) == "a\r\nb\r\nc\r\n"
