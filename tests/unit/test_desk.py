"""What lies on the review desk, what it asks to be decided, and which file it is."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from tests.conftest import ROOT, write_files
from tests.reviewing import BANK, CHAPTER, FACTS, FILES, ITEMS, LAWS, change, read, review, write_reviewed

from handbook.cli import main
from handbook.review import recording
from handbook.review.desk import desk
from handbook.review.marked import lines, side_by_side
from handbook.review.sync import State, standings


@pytest.fixture
def root(tmp_path):
    return write_reviewed(tmp_path)


def laid(root, *items, everything=False):
    book = read(root)
    return desk(book, [one for one in standings(book) if one.entry.item.id in (items or ITEMS)], everything=everything)


def names(shown):
    return [one.item.id for one in shown]


def direct(root):
    """Return the items of each group that is read whole, and what has changed for all of its items."""
    return [(names(of), [one.source.title for one in group.differences]) for group, of in laid(root).direct]


def around(root):
    return [(names(group.members), group.differences[0].source.title) for group in laid(root).around]


def said(found):
    """Return lines as text, what has changed in {}, what is quoted in []."""
    runs = [run for line in found for cell in line.cells for run in cell]
    text = ["[" * run.quoted + "{" * run.changed + run.text + "}" * run.changed + "]" * run.quoted for run in runs]
    return "".join(text)


def test_nothing_lies_there_when_all_has_been_read(root):
    assert laid(root).items == set()


def test_a_fact_is_read_once_with_the_items_that_use_it_and_once_with_those_around_it(root):
    change(root, FACTS, "10日", "15日")

    assert direct(root) == [(["pay-limit", "pay-judge"], ["事实“支付赔款”"])]
    assert around(root) == [(["refuse-notice"], "事实“支付赔款”")]
    ((group, of),) = laid(root).direct
    fact = group.differences[0]
    assert said(fact.before).startswith("支付赔款：{10}日（自然日）依据：《甲法》第1条（已核对原文）")
    assert said(fact.source.lines).startswith("支付赔款：{15}日（自然日）")
    assert fact.source.checked.isoformat() == "2026-01-01"
    assert [one.direct for one in of] == [(), ()]  # what is shown above is not shown again


def test_what_changed_in_an_item_stands_alone(root):
    change(root, FACTS, "10日", "15日")
    change(root, BANK, "多久支付", "最迟多久支付")

    assert direct(root) == [(["pay-limit"], []), (["pay-judge"], [])]
    shown = laid(root).direct[0][1][0]
    assert [one.source.title for one in shown.direct] == ["题目本身", "事实“支付赔款”"]
    assert "题干：{最迟}多久支付？" in said(shown.direct[0].source.lines)


def test_other_words_of_a_section_are_one_decision_with_what_items_quote_marked(root):
    change(root, CHAPTER, "合同另有", "合同书面另有")

    assert direct(root) == []
    assert around(root) == [(["pay-limit", "pay-judge", "refuse-notice"], "小节“第 1 章 时限”")]
    section = laid(root).around[0].differences[0]
    assert said(section.source.lines).endswith(
        "[达成协议后10日内支付。拒赔的当日通知。]合同{书面}另有约定的除外（《甲法》）。"
    )
    assert said(section.before).endswith("达成协议后10日内支付。拒赔的当日通知。合同另有约定的除外（《甲法》）。")


def test_a_law_is_one_decision_for_all_that_rest_on_it(root):
    change(root, LAWS, "第1号", "第2号")

    assert around(root) == [(["pay-limit", "pay-judge", "refuse-notice"], "法规“《甲法》”")]
    assert said(laid(root).around[0].differences[0].source.lines).startswith("《甲法》（第{2}号）")


def test_a_changed_sentence_is_shown_as_evidence(root):
    change(root, CHAPTER, "当日通知", "次日通知")
    change(root, BANK, "evidence: [拒赔的当日通知]", "evidence: [拒赔的次日通知]")

    ((_, (shown,)),) = laid(root).direct
    assert names([shown]) == ["refuse-notice"]
    titles = [one.source.title for one in shown.direct]
    assert titles == ["依据的句子“第 1 章 时限”"] * 2
    assert [bool(one.source.lines) for one in shown.direct] == [True, False]  # one has come, one has gone
    assert [bool(one.before) for one in shown.direct] == [False, True]


def test_those_who_read_different_versions_are_asked_apart(root):
    change(root, CHAPTER, "合同另有", "合同书面另有")
    review(root, "refuse-notice", reviewer="李老师")
    change(root, CHAPTER, "书面另有", "明确另有")

    assert [of for of, _ in around(root)] == [["pay-limit", "pay-judge"], ["refuse-notice"]]
    assert [said(group.differences[0].before).count("{书面}") for group in laid(root).around] == [0, 1]


def test_without_the_text_that_was_read_it_says_so(root):
    (root / "docs/bank/reviewed.jsonl").unlink()
    change(root, CHAPTER, "合同另有", "合同书面另有")

    difference = laid(root).around[0].differences[0]
    assert (difference.before, difference.remark[:4]) == ((), "没有存下")
    assert "书面" in said(difference.source.lines)


def test_a_change_of_structure_is_named_and_a_mark_that_changed_is_marked(root):
    change(root, CHAPTER, "## 材料", "### 材料")
    change(root, CHAPTER, "1. 收到的材料先登记。\n2. 再", "- 收到的材料先登记。\n- 再")

    (difference,) = (group.differences[0] for group in laid(root).around if "材料" in group.differences[0].source.title)
    marks = [(line.kind, line.mark.text, line.mark.changed) for line in difference.source.lines]
    assert marks == [("heading", "三级标题", True), ("point", "•", True), ("point", "•", True)]


def test_what_only_the_digest_sees_is_named_by_its_kind(root):
    change(root, LAWS, "since", "also: [《甲》], since")

    (law,) = (
        group.differences[0] for group in laid(root).around if group.differences[0].source.title.startswith("法规")
    )
    assert law.remark == "文字没有变，变的是法规的简称。"


def test_an_item_that_nobody_has_read_is_read_whole(root):
    text = (root / BANK).read_text(encoding="utf-8")
    write_files(root, {BANK: text.replace("id: papers-order", "id: just-written")})

    ((_, (shown,)),) = laid(root, "just-written").direct
    assert shown.standing.state is State.NEW
    assert said(shown.sections[0].lines) == "材料[收到的材料先登记。][再核对材料，缺的一次说清。]"


def test_a_second_reader_is_asked_to_read_whole(root):
    write_files(root, {"mkdocs.yml": FILES["mkdocs.yml"] + "extra: {handbook: {review: {second_reader: true}}}\n"})

    assert direct(root) == [(["pay-limit"], []), (["pay-judge"], [])]
    assert {one.standing.state for one in laid(root).shown} == {State.SECOND}


def test_a_full_review_asks_for_everything(root):
    change(root, FACTS, "10日", "15日")

    found = laid(root, everything=True)
    assert names(found.rest) == ["refuse-notice", "papers-order"]
    assert found.items == set(ITEMS)


def test_the_facts_of_an_item_stand_beside_it_with_their_day_of_checking(root):
    (shown,) = laid(root, "pay-limit", everything=True).rest

    assert [(one.title, one.checked.isoformat()) for one in shown.facts] == [("事实“支付赔款”", "2026-01-01")]
    assert [one.title for one in shown.laws] == ["法规“《甲法》”"]


def decide(root, *decisions):
    """Record decisions as the file of the desk names them; return what was refused."""
    book = read(root)
    given = {"format": "handbook-review-1", "reviewer": "李老师", "date": "2026-04-01"}
    all_given = [{"comment": "", "verdict": "holds", **one} for one in decisions]
    file = recording.Decisions.model_validate({**given, "decisions": all_given})
    reviews, refused = recording.applied(book, file, "decisions.json")
    recording.record(book, reviews)

    return [problem.what for problem in refused]


def test_a_decision_on_an_item_as_a_whole_settles_all_of_it(root):
    change(root, FACTS, "10日", "15日")
    change(root, CHAPTER, "合同另有", "合同书面另有")
    shown = laid(root).direct[0][1][0]

    assert decide(root, {"item": shown.item.id, "saw": shown.saw}) == []
    assert [names(of) for _, of in laid(root).direct] == [["pay-judge"]]
    assert [of for of, _ in around(root)] == [["pay-judge", "refuse-notice"], ["refuse-notice"]]


def test_a_decision_on_a_group_settles_that_and_no_more(root):
    change(root, FACTS, "10日", "15日")
    change(root, CHAPTER, "合同另有", "合同书面另有")
    ((group, _),) = laid(root).direct

    assert decide(root, *({"item": one.item.id, "saw": one.saw} for one in group.members)) == []
    assert direct(root) == []
    assert [of for of, _ in around(root)] == [["pay-limit", "pay-judge", "refuse-notice"], ["refuse-notice"]]


def test_evidence_that_went_is_no_part_of_what_a_group_has_seen(root):
    for name in ("pay-limit", "pay-judge"):
        text = (root / BANK).read_text(encoding="utf-8")
        head, _, tail = text.partition(f"id: {name}\n")
        write_files(
            root,
            {BANK: f"{head}id: {name}\n{tail.replace('达成协议后 {{ payment }} 内支付', '合同另有约定的除外', 1)}"},
        )

    assert [of for of, _ in direct(root)] == [["pay-limit"], ["pay-judge"]]
    for shown in laid(root).shown:
        assert decide(root, {"item": shown.item.id, "saw": shown.saw}) == []
    assert laid(root).items == set()


def test_its_name_is_of_what_is_to_be_read(root):
    change(root, FACTS, "10日", "15日")
    first = laid(root).digest

    assert laid(root).digest == first
    assert laid(root, "pay-limit").digest != first
    change(root, CHAPTER, "合同另有", "合同书面另有")
    assert laid(root).digest != first


def test_a_row_of_a_table_has_cells_and_a_box_is_a_box():
    found = lines("| 甲 | 乙丙 |\n> 提醒\n  • 深", changed=[(6, 7)])

    assert [(line.kind, line.boxed, line.depth) for line in found] == [
        ("row", False, 0),
        ("text", True, 0),
        ("point", False, 1),
    ]
    assert [[run.text for run in cell] for cell in found[0].cells] == [["甲"], ["乙", "丙"]]
    assert [run.changed for run in found[0].cells[1]] == [True, False]


def test_each_side_is_whole():
    before, after = side_by_side("一\n二三\n四", "一\n二五")

    assert (said(before), said(after)) == ("一二{三}{四}", "一二{五}")
    assert [len(before), len(after)] == [3, 2]


def test_a_day_that_there_is_not_is_refused_at_its_line(root, capsys):
    lines = ["{", '"format": "handbook-review-1", "reviewer": "李老师",', '"date": "2026-02-30", "decisions": []}']
    write_files(root, {"decisions.json": "\n".join(lines)})

    assert run(root, "sync", "--apply", str(root / "decisions.json")) == 1
    assert "decisions.json:3: 没有 '2026-02-30' 这一天；" in capsys.readouterr().out


# The file


def run(root, *arguments):
    return main(["--config", str(root / "mkdocs.yml"), *arguments])


def written(root):
    return (root / "dist/review.html").read_text(encoding="utf-8")


def test_when_there_is_nothing_to_read_one_line_says_so_and_no_file_is_written(root, capsys):
    assert run(root, "review") == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert not (root / "dist").exists()


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (["--fact", "payment"], {"pay-limit", "pay-judge", "refuse-notice"}),
        (["--law", "甲法"], {"pay-limit", "pay-judge", "refuse-notice"}),
        (["--chapter", "claims"], set(ITEMS)),
        (["--item", "pay-judge", "papers-order"], {"pay-judge", "papers-order"}),
        (["--fact", "payment", "--item", "pay-judge", "papers-order"], {"pay-judge"}),
        (["--all"], set(ITEMS)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_limits_narrow_what_is_shown_and_show_what_is_in_step_as_well(root, limits, expected):
    assert run(root, "review", *limits) == 0
    assert set(re.findall(r'data-unit="item-([a-z-]+)"', written(root))) == expected


def test_a_limit_to_what_nothing_rests_on_leaves_nothing_to_read(root, capsys):
    assert run(root, "review", "--fact", "notice") == 0
    assert "没有要读的" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("limit", "said_of_it"),
    [
        (["--fact", "paymemt"], "没有事实 'paymemt'；请检查拼写，也许是 'payment'。"),
        (["--law", "乙法"], "没有法规 '乙法'"),
        (["--chapter", "claim"], "没有章节 'claim'；请检查拼写，也许是 'claims'。"),
        (["--item", "pay-limits"], "没有题目 'pay-limits'；请检查拼写，也许是 'pay-limit'。"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_name_that_is_not_there_is_misuse(root, capsys, limit, said_of_it):
    assert run(root, "review", *limit) == 2
    assert said_of_it in capsys.readouterr().err
    assert not (root / "dist").exists()


def test_the_policy_names_the_style_and_the_script_and_nothing_else(root):
    assert run(root, "review", "--all") == 0
    page = written(root)

    def hashed(tag):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.split("; ") == [
        "default-src 'none'",
        f"script-src {hashed('script')}",
        f"style-src {hashed('style')}",
        "form-action 'none'",
        "base-uri 'none'",
    ]
    assert not re.search(r"\ssrc=|\sstyle=|\son\w+=|<link|https?:", page)


def test_what_authors_write_is_text(root):
    change(root, BANK, "多久支付？", "多久 <script>alert(1)</script> 支付？")
    change(root, CHAPTER, "合同另有", "合同`</script><b>`另有")

    assert run(root, "review") == 0
    page = written(root)
    assert page.count("<script") == 2  # data, and the page's own
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>" not in page


def test_a_desk_of_a_private_bank_says_so_and_how_to_take_the_decisions_in(root, tmp_path_factory, capsys):
    secret = tmp_path_factory.mktemp("secret")
    write_files(secret, {"bank.yml": FILES[BANK].replace("id: ", "id: secret-")})

    assert run(root, "review", "--bank", str(secret)) == 0
    assert f"`handbook sync --bank {secret} --apply 文件`" in capsys.readouterr().out
    assert "里面有保密题" in written(root)
    assert run(root, "review", "--all", "--out", str(root / "open.html")) == 0
    assert "里面有保密题" not in (root / "open.html").read_text(encoding="utf-8")


def test_without_a_history_no_version_is_named(root):
    assert run(root, "review", "--all") == 0
    assert not re.search(r"版本 [0-9a-f]", written(root))


def test_the_desk_wears_the_colours_of_the_handbook():
    desk_css, ours = (
        set(re.findall(r"--[\w-]+: (#[0-9a-f]+);", (ROOT / path).read_text(encoding="utf-8")))
        for path in ("overrides/fragments/review/desk.css", "docs/assets/stylesheets/handbook.css")
    )

    assert len(desk_css) > 20
    assert desk_css <= ours
