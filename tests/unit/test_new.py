"""What is begun stands in its place, marks all that has still to be written, and passes no check before that is done."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.checks import structural_problems
from handbook.cli import main
from handbook.items import TYPES
from handbook.reading.markup import UNWRITTEN

PAGE, BANK = "docs/chapters/claims.md", "docs/bank/claims.yml"
TEXT = """# 理赔 { #claims }

引言。

## 时限 { #deadlines }

三日内通知。

### 起算 { #start }

从收到之日起算。
## 材料 { #papers }

先登记。"""
ITEM = """- id: first
  type: true_false
  section: claims.md#deadlines
  level: remember
  difficulty: 1
  stem: 三日内通知。
  options:
    - {text: 正确, key: true, rationale: 三日。}
    - {text: 错误, rationale: 三日。}
"""


@pytest.fixture
def root(tmp_path):
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", PAGE: TEXT, BANK: f"items:\n{ITEM}"})
    return tmp_path


def run(root, *arguments):
    return main(["--config", str(root / "mkdocs.yml"), *arguments])


def book(root):
    return read_book(root / "mkdocs.yml")


def said(root):
    return [str(problem) for problem in structural_problems(book(root)) if not problem.warning]


def text(root, name):
    return (root / name).read_bytes().decode()


@pytest.mark.parametrize("type_", TYPES)
def test_an_item_of_each_type_has_one_fault_that_it_is_not_written(root, capsys, type_):
    assert run(root, "new", "item", "claims.md#papers", "--type", type_) == 0

    out = capsys.readouterr().out
    count = text(root, BANK).count(UNWRITTEN)
    begun = text(root, BANK).splitlines().index("- id: claims-papers") + 1
    assert out == f"{BANK}:{begun}: 起草了 'claims-papers'；请把里面的“（待写）”都换成正文。\n"
    (problem,) = structural_problems(book(root))
    assert problem.what == f"题目 'claims-papers' 还没写好，有 {count} 处“（待写）”"
    assert problem.mend == "请把“（待写）”换成正文"
    item = book(root).bank.by_id["claims-papers"].item
    assert (item.type, item.section) == (type_, "claims.md#papers")
    assert run(root, "check") == 1


def test_what_is_written_in_the_place_of_it_passes(root):
    assert run(root, "new", "item", "claims.md#papers") == 0
    written = (
        text(root, BANK).replace("（待写）手册里决定答案的那句话，摘几个字", "先登记。").replace(UNWRITTEN, "写好的")
    )
    write_files(root, {BANK: written})

    assert said(root) == []
    assert book(root).bank.by_id["claims-papers"].item.stem == "写好的题干"


def test_an_item_stands_behind_the_others_as_they_are_indented(root):
    before = text(root, BANK)

    assert run(root, "new", "item", "claims.md#papers", "--id", "my-own") == 0

    after = text(root, BANK)
    assert after.startswith(f"{before}\n- id: my-own\n  type: single\n  section: claims.md#papers\n")
    assert after.endswith("\n")
    assert not after.endswith("\n\n")


def test_an_item_stands_before_what_follows_the_list(root):
    write_files(
        root, {BANK: f"items:\r\n{ITEM}# end\r\naccept: [longest-key]\r\n".replace("\r\n", "\n").replace("\n", "\r\n")}
    )

    assert run(root, "new", "item", "claims.md#papers") == 0

    after = text(root, BANK)
    assert after.endswith("错在哪里\r\n\r\naccept: [longest-key]\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert list(book(root).bank.by_id) == ["first", "claims-papers"]


@pytest.mark.parametrize("before", [None, f"items:\n{ITEM}".rstrip("\n"), f"items:\n{ITEM}\n\n"])
def test_a_file_without_end_or_not_yet_there(root, before):
    (root / BANK).unlink()
    if before:
        write_files(root, {BANK: before})

    assert run(root, "new", "item", "claims.md#papers") == 0

    after = text(root, BANK)
    head = "# yaml-language-server: $schema=schema.json\nitems:\n  - id: claims-papers\n"
    assert after.startswith(
        f"{before.rstrip(chr(10))}\n\n- id: claims-papers\n" if before and before[-1] != "\n" else before or head
    )
    assert "claims-papers" in book(root).bank.by_id


def test_ids_are_proposed_that_nobody_has_or_had(root):
    write_files(root, {BANK: f"items:\n{ITEM}".replace("id: first\n", "id: first\n  formerly: [claims-papers-2]\n")})

    for _ in range(3):
        assert run(root, "new", "item", "claims.md#papers") == 0

    assert list(book(root).bank.by_id) == ["first", "claims-papers", "claims-papers-3", "claims-papers-4"]


def test_an_item_of_a_private_bank(root, tmp_path_factory):
    secret = tmp_path_factory.mktemp("secret")
    write_files(secret, {"other.yml": f"items:\n{ITEM}".replace("first", "hidden")})
    before = text(root, BANK)

    assert run(root, "new", "item", "claims.md#papers", "--bank", str(secret)) == 0

    assert text(root, BANK) == before
    assert "claims-papers" in read_book(root / "mkdocs.yml", secret).bank.by_id
    assert (secret / "claims.yml").is_file()


def headings(root):
    return [
        (section.level, section.title, section.anchor) for section in book(root).pages["chapters/claims.md"].sections
    ]


@pytest.mark.parametrize(
    ("after", "place", "level"),
    [
        ("", 4, 2),
        ("papers", 4, 2),
        ("deadlines", 3, 2),
        ("claims.md#deadlines", 3, 2),
        ("start", 3, 3),
        ("claims", 1, 2),
    ],
)
def test_a_section_takes_nothing_from_its_neighbours(root, capsys, after, place, level):
    before, sections = text(root, PAGE), {name: view.text for name, view in book(root).views.items()}

    assert (
        run(root, "new", "section", "claims", "新的", "--anchor", "fresh", *(["--after", after] if after else [])) == 0
    )

    assert headings(root)[place] == (level, "新的", "fresh")
    line = text(root, PAGE).splitlines().index(f"{'#' * level} 新的 {{ #fresh }}") + 1
    assert capsys.readouterr().out == f"{PAGE}:{line}: 起草了 'claims.md#fresh'；请把里面的“（待写）”都换成正文。\n"
    assert said(root) == [f"{PAGE}:{line + 2}: 这里还没写好；请把“（待写）”换成正文。"]
    now = {name: view.text for name, view in book(root).views.items()}
    assert now.pop("claims.md#fresh") == f"{'#' * level} 新的\n（待写）正文"
    assert now == sections
    added = f"{'#' * level} 新的 {{ #fresh }}\n\n（待写）正文\n"
    assert "".join(text(root, PAGE).replace(added, "").split()) == "".join(before.split())


def test_an_item_can_be_begun_in_a_section_that_was(root):
    assert run(root, "new", "section", "claims", "新的", "--anchor", "fresh") == 0
    assert run(root, "new", "item", "claims.md#fresh") == 0

    assert len(said(root)) == 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("item", "claims.md#paper"), "没有小节 'claims.md#paper'；请检查拼写，也许是 'claims.md#papers'。"),
        (("item", "claims.md#papers", "--id", "first"), "编号 'first' 用过了，用过的编号不再使用；请换一个。"),
        (
            ("item", "claims.md#papers", "--id", "First"),
            "'First' 不合格式；只用小写英文字母、数字和短横线，以字母开头。",
        ),
        (("section", "claim", "新", "--anchor", "x"), "没有章节 'claim.md'；请检查拼写，也许是 'claims.md'。"),
        (("section", "claims", "新", "--anchor", "X"), "'X' 不合格式；只用小写英文字母、数字和短横线，以字母开头。"),
        (
            ("section", "claims", "新", "--anchor", "papers"),
            "claims.md 里已经有锚点 'papers'，或者网站自己要用它；请换一个。",
        ),
        (
            ("section", "claims", "新", "--anchor", "quiz"),
            "claims.md 里已经有锚点 'quiz'，或者网站自己要用它；请换一个。",
        ),
        (("section", "claims", "新\n的", "--anchor", "x"), "标题要写一行字，不带花括号。"),
        (("section", "claims", " ", "--anchor", "x"), "标题要写一行字，不带花括号。"),
        (
            ("section", "claims", "新", "--anchor", "x", "--after", "paper"),
            "没有小节 'claims.md#paper'；请检查拼写，也许是 'claims.md#papers'。",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(root, capsys, arguments, line):
    before = text(root, PAGE), text(root, BANK)

    assert run(root, "new", *arguments) == 2

    assert capsys.readouterr().err == f"{line}\n"
    assert (text(root, PAGE), text(root, BANK)) == before


def test_a_section_without_text_answers_nothing(root, capsys):
    write_files(root, {PAGE: TEXT.replace("引言。\n", "")})

    assert run(root, "new", "item", "claims.md#claims") == 2
    assert capsys.readouterr().err == "小节 'claims.md#claims' 下面没有正文，答不了题；请换成写着答案的下级小节。\n"


def test_a_file_that_cannot_be_continued_is_named(root, capsys):
    inline = "items: [{id: first, type: true_false, section: claims.md#deadlines, level: remember, difficulty: 1, stem: 三日。,\n"
    inline += "  options: [{text: 正确, key: true, rationale: 三日。}, {text: 错误, rationale: 三日。}]}]\n"
    write_files(root, {BANK: inline})

    assert run(root, "new", "item", "claims.md#papers") == 1
    assert capsys.readouterr().out.startswith(f"{BANK}:1: 这里的题目没有一行写一个字段，程序接不下去；")
    assert text(root, BANK) == inline


def test_a_faulty_handbook_is_refused(root, capsys):
    write_files(root, {PAGE: f"{TEXT}\n\n## 没有锚点\n"})

    assert run(root, "new", "item", "claims.md#papers") == 1
    assert "没有锚点" in capsys.readouterr().out
