"""Authors' texts become HTML as they are meant: facts as values, markup as markup, everything else as itself."""

import re
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import ROOT

from handbook.book import Book
from handbook.content.facts import Fact, Facts
from handbook.content.settings import Options, Settings
from handbook.rendering import Renderer


def fact(value, basis="《办法》第1条"):
    return Fact(topic="t", title="t", value=value, basis=basis, status="law", checked=date(2026, 1, 1))


def renderer(value="15日", **more):
    settings = Settings(Path(), Path("docs"), Options())
    return Renderer(Book(settings, facts=Facts({"limit": fact(value, **more)})), ROOT / "overrides")


def inline(text, **more):
    made = renderer(**more)
    template = made._environment.from_string("{{ text | inline }}")
    return str(template.render(text=text, url=lambda name: f"/{name}"))


@pytest.mark.parametrize("value", ["a]b", "**5**", "5*3*2", "<b>5</b>", '"5"', "a_b_c", "`5`", "[5](x)"])
def test_a_value_stands_as_it_is_written(value):
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert renderer(value).plain("在 {{ limit }} 内") == f"在{escaped}内"
    assert f">{escaped}</a>" in inline("在 {{ limit }} 内", value=value)


def test_a_basis_with_quotation_marks_stays_within_its_attribute():
    html = inline("{{ limit }}", basis='《"办法"》<第1条>')

    assert re.fullmatch(r'<a class="fact" href="/appendix/time-limits\.md#limit" title="[^"]*">15日</a>', html)
    assert "&quot;办法&quot;" in html


def test_a_fact_is_a_link_in_running_text_and_mere_text_in_a_label():
    assert inline("{{ limit }}").startswith("<a ")
    assert renderer().plain("{{ limit }}") == "15日"


def test_one_text_does_not_leave_its_address_to_the_next():
    made = renderer()
    made._environment.from_string("{{ text | inline }}").render(text="{{ limit }}", url=lambda name: name)

    assert made.plain("{{ limit }}") == "15日"


def test_what_is_no_fact_stays():
    assert renderer().plain("{{ gone }}") == "{{ gone }}"


def test_code_is_left_alone():
    assert renderer().plain("`{{ limit }}`") == "<code>{{ limit }}</code>"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a < b", "<b>x</b>"])
def test_raw_html_is_text(text):
    html = renderer().plain(text)

    assert "<" not in re.sub(r"</?p>", "", html)


def test_emphasis_is_markup():
    assert renderer().plain("**不**可以") == "<strong>不</strong>可以"
