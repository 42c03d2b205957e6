"""A flowchart becomes real text without any style of its own, or a message at its line."""

import pytest
from tests.conftest import CHAPTER, write_files

from handbook.book import read_book
from handbook.checks import structural_problems
from handbook.content.flowcharts import Undrawable, drawn, replaced, sources, title

CHART = "flowchart TD\n    accTitle: 报案流程\n    accDescr: 先登记，再核实\n    A[登记] --> B{属实吗}\n    B -- 是 --> C[核实]\n"


def test_labels_title_and_description_are_text():
    svg = drawn(CHART, "chart-1")

    for words in ("登记", "属实吗", "是", '<title id="chart-title-chart-1">报案流程</title>', "先登记，再核实"):
        assert words in svg
    assert title(CHART) == "报案流程"
    assert 'role="img"' in svg


def test_nothing_in_it_needs_inline_style():
    svg = drawn(CHART, "chart-1")

    assert not [
        word
        for word in ("<style", " style=", "<foreignObject", "<script", "http://www.w3.org/1999/xhtml")
        if word in svg
    ]
    assert "\n" not in svg


def test_two_charts_on_a_page_share_no_id():
    def ids(svg):
        return {part.split('"')[0] for part in svg.split(' id="')[1:]}

    one, two = ids(drawn(CHART, "chart-1")), ids(drawn(CHART, "chart-2"))

    assert len(one) == len(two) > 1
    assert one.isdisjoint(two)


@pytest.mark.parametrize(
    ("chart", "what"),
    [
        (CHART.replace("A[登记]", "A[登记"), "流程图画不出来"),
        (CHART.replace("    accTitle: 报案流程\n", ""), "流程图没有标题"),
        (CHART.replace("    accDescr: 先登记，再核实\n", ""), "流程图没有文字说明"),
    ],
)
def test_a_faulty_chart_is_reported_at_its_line(chart, what, project):
    with pytest.raises(Undrawable, match=what):
        drawn(chart, "chart-1")
    write_files(project, {"docs/chapters/claims.md": f"{CHAPTER}\n```mermaid\n{chart}```\n"})

    found = [
        (problem.line, problem.what, problem.warning)
        for problem in structural_problems(read_book(project / "mkdocs.yml"))
    ]

    assert found == [(7, what, False)]


def test_an_example_inside_code_is_not_drawn():
    example = f"````markdown\n```mermaid\n{CHART}```\n````\n"
    text = f"{example}\n```mermaid\n{CHART}```\n"

    assert list(sources(text)) == [(CHART, 11)]
    assert replaced(text, lambda _: "PICTURE") == f"{example}\nPICTURE\n"
