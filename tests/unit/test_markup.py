"""What stands beside Markdown is found where it works, and what was meant as such and is none is said."""

import pytest

from handbook.reading.digests import digest
from handbook.reading.markup import fences, filled, lines, markers, prose, references, with_fences
from handbook.reading.misprints import faults

FENCES = {
    "three ticks": ("```\n", "\n```"),
    "four ticks around three": ("````markdown\n```\n", "\n```\n````"),
    "tildes around ticks": ("~~~~ text\n```\n~~~\n", "\n~~~~"),
    "in a list": ("- 甲\n\n    ```text\n    ", "\n    ```"),
    "in a quotation": ("> ```\n> ", "\n> ```"),
}
LIVE = "<!-- trase -->\n{{ open }\n{{ fact-id }}\n## 标题"


@pytest.mark.parametrize(("begin", "end"), FENCES.values(), ids=FENCES)
def test_a_fence_hides_what_is_in_it_and_nothing_below(begin, end):
    indent = begin.rpartition("\n")[2]
    hidden = LIVE.replace("\n", f"\n{indent}")

    assert list(faults(begin + hidden + end)) == []
    assert list(references(f"{begin}{hidden}{end}\n\n{{{{ below }}}}")) == [
        ("below", (begin + hidden + end).count("\n") + 2)
    ]
    assert len(list(faults(f"{begin}{hidden}{end}\n\n{LIVE}"))) == 2


def test_an_inline_code_of_three_ticks_opens_no_fence():
    assert [name for name, _ in references("``` `{{ a }}` ```\n\n{{ b }}")] == ["b"]


def test_a_stray_tick_hides_nothing_in_another_list_item():
    assert [name for name, _ in references("- 一个 ` 号\n- {{ a }}\n- 又一个 ` 号\n\n{{ b }}")] == ["a", "b"]


def test_a_fence_knows_its_line_its_words_and_its_text_without_indentation():
    (fence,) = fences("1. 甲\n\n    ```mermaid\n    flowchart TD\n    ```\n")

    assert (fence.info, fence.body, fence.line) == ("mermaid", "flowchart TD\n", 3)


def test_a_replaced_fence_keeps_its_place_in_a_list():
    text = "- 甲\n\n    ```mermaid\n    x\n    ```\n\n```text\nx\n```"

    assert (
        with_fences(text, lambda fence: "图" if fence.info == "mermaid" else None)
        == "- 甲\n\n    图\n\n```text\nx\n```"
    )


def test_lines_are_counted_in_the_whole_file():
    found = [(line.number, line.text, line.code) for line in lines("---\ntitle: x\n---\n甲\n```\n乙\n```\n丙 `丁`")]

    assert found == [
        (4, "甲", False),
        (5, "```", True),
        (6, "乙", True),
        (7, "```", True),
        (8, "丙 `丁`", False),
    ]


def test_hidden_characters_keep_the_places_of_the_others():
    text = "甲 `{{ a }}` {{ b }} <!-- 丙\n丁 --> 戊"

    assert len(prose(text)) == len(text)
    assert prose(text).index("{{ b }}") == text.index("{{ b }}")
    assert "a" not in prose(text).replace("{{ b }}", "")
    assert "丁" not in prose(text)


def test_a_section_in_a_comment_of_several_lines_is_not_there():
    assert [line.number for line in lines("甲\n<!--\n## 旧 { #old }\n-->\n乙") if not line.code] == [1, 5]


@pytest.mark.parametrize(
    "written",
    [
        "<!-- quiz: a-one, b-two -->",
        "<!--quiz:a-one，b-two-->",
        "  <!-- quiz : a-one、b-two -->",
        "<!-- quiz: a-one b-two, -->",
    ],
)
def test_a_marker_alone_on_its_line_names_its_items(written):
    (marker,) = markers(f"前文\n\n{written}\n")

    assert (marker.name, marker.line, marker.ids) == ("quiz", 3, ("a-one", "b-two"))
    assert list(faults(written)) == []


@pytest.mark.parametrize("written", ["<!-- glossary -->", "<!-- exam: quick -->", "<!-- literal: 1年、3日 -->"])
def test_other_markers_are_sound_as_well(written):
    assert len(list(markers(written))) == 1
    assert list(faults(written)) == []


@pytest.mark.parametrize(
    "malformed",
    [
        "文字 <!-- quiz: a -->",
        "<!-- quiz: a --> 文字",
        "- <!-- quiz: a -->",
        "1. <!-- quiz: a -->",
        "> <!-- glossary -->",
        "| <!-- glossary --> |",
        "<!-- quiz: a --><!-- quiz: b -->",
        "<!--\nquiz: a\n-->",
        "<!-- quiz：a -->",
        "<!-- quiz a -->",
        "<!-- quiz a b -->",
        "<!-- quiz，a -->",
        "<!-- quiz-a -->",
        "<!-- quiz -->",
        "<!-- quiz: -->",
        "<!-- quiz: ， -->",
        "<!-- QUIZ: a -->",
        "<!-- ｑｕｉｚ: a -->",
        "<!--- quiz: a --->",
        "<!-- trase -->",
        "<!-- glossary: 理赔 -->",
        "<!-- exam -->",
        "<!-- exam: a, b -->",
        "<!-- literal 3日 -->",
        "<！-- quiz: a -->",
        "<!— quiz: a —>",
        "＜!-- quiz: a --＞",
        "<-- quiz: a -->",
        "<!-- quiz: a ->",
        "<!-- 待核\n\n文字\n\n<!-- glossary -->",
        "文字\n\n    <!-- glossary -->",
        "\t<!-- glossary -->",
    ],
)
def test_what_was_meant_as_a_marker_and_is_none_is_said_once(malformed):
    assert len(list(faults(malformed))) == 1


@pytest.mark.parametrize(
    "remark",
    [
        "<!-- 改稿说明 -->",
        "<!-- 例：quiz 以后再放 -->",
        "文字 <!-- 待核 -->",
        "<!-- note to self -->",
        "<!-- TODO: 补案例 -->",
        "<!-- quiz questions moved to the end -->",
        "<!-- progress bar goes here -->",
        "<!--\n## 旧的小节\n<b>\n-->",
        "`<!-- quiz a -->`",
        "甲 --> 乙",
    ],
)
def test_remarks_are_nobodys_business(remark):
    assert list(faults(remark)) == []
    assert list(markers(remark)) == []


def test_a_marker_in_a_list_or_a_box_is_sound():
    for around in ("- 甲\n  乙\n\n    {}\n", '??? note "甲"\n\n    乙\n\n    {}\n'):
        assert list(faults(around.format("<!-- glossary -->"))) == []


@pytest.mark.parametrize(
    "malformed",
    ["{{ a }", "{ a }}", "{{ a ｝｝", "｛｛ a ｝｝", "｛{ a }｝", "{ { a } }", "{{{ a }}}", "{{ }}", "{{}}", "{{ a\n", "a }}", "{ claim-payment }", "｛claim-payment｝", "【【 a 】】"],
)  # fmt: skip
def test_stray_and_full_width_braces_are_said(malformed):
    assert [line for line, *_ in faults(f"甲\n在 {malformed} 内")] == [2]


@pytest.mark.parametrize(
    "sound",
    ["{{ a }}", "{{a}}", "## 甲 { #a data-search-exclude }", "[甲](b.md){ .c }", "{: .lead }", "{甲}", "`{{ a }`"],
)
def test_other_braces_are_left_alone(sound):
    assert list(faults(sound)) == []


def test_front_matter_holds_no_references_and_hides_nothing():
    assert [line for line, *_ in faults("---\ntitle: x\ndescription: '{{ a }}'\n---\n{{ b }}")] == [3]
    assert list(references("---\ntitle: '`'\n---\n{{ b }} `")) == [("b", 3)]


def test_only_what_has_a_value_is_filled_in():
    assert filled("在 {{ a }} 内，{{ b }} 外", {"a": "3日"}.get) == "在3日内，{{ b }} 外"


def test_comments_do_not_count_in_a_digest_and_code_does():
    assert digest("甲 <!-- 旧\n说明 --> 乙") == digest("甲 乙")
    assert digest("```text\n甲\n```") == digest("````\n甲\n````")
    assert digest("写成 `<!-- quiz: a -->`") != digest("写成 ``")
