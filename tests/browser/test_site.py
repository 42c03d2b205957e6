"""The handbook as its readers find their way in it: home, search, chapters, time limits, 404, phone and paper."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import complaints_of_axe

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOME, CHAPTER, TIME_LIMITS = "", "chapters/surrender/", "appendix/time-limits/"
UNKNOWN = "chapters/surrender/no/such/page/"
ASCII_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
DESK = {"width": 1280, "height": 900}

both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture(scope="session")
def site(handbook, sites) -> Path:
    """The folder of the handbook once it is built."""
    return sites / handbook.rstrip("/").rpartition("/")[2]


@pytest.fixture(scope="session")
def pages(site) -> list[str]:
    """The addresses of all pages, relative to the handbook's."""
    found = sorted(page.parent.relative_to(site).as_posix() + "/" for page in site.rglob("index.html"))
    assert len([page for page in found if page.startswith("chapters/")]) == 12

    return ["" if page == "./" else page for page in found]


@pytest.fixture(scope="session")
def index(site) -> dict:
    return json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def published(sites, origin) -> str:
    """The handbook as a company serves it: from a folder that SITE_URL names, with a server that sends 404.html."""
    site, url = sites / "company/handbook", f"{origin}/company/handbook/"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": url}
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(ROOT / "mkdocs.yml"), "-d", str(site)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (site / UNKNOWN).mkdir(parents=True)
    (site / UNKNOWN / "index.html").write_bytes((site / "404.html").read_bytes())

    return url


def search(page: Page, query: str) -> Locator:
    """Type a query as an input method does, and return the pages found, best first, each with its sections."""
    page.locator(".md-search__input").fill(query)
    page.locator(".md-search__input").press("End")
    results = page.locator(".md-search-result__item")
    expect(results.nth(2)).to_be_attached()

    return results


def style(locator: Locator, name: str) -> str:
    return locator.evaluate("(element, name) => getComputedStyle(element).getPropertyValue(name)", name)


def is_below_the_header(page: Page, locator: Locator) -> bool:
    header = page.locator(".md-header").bounding_box()
    place = locator.bounding_box()
    return header["y"] + header["height"] <= place["y"] < page.viewport_size["height"]


@pytest.mark.parametrize(
    ("query", "chapter"),
    [
        ("退保", "surrender"),
        ("犹豫期", "surrender"),
        ("宽限期", "payments"),
        ("受益人变更", "policy-changes"),
        ("免责条款", "policy-terms"),
        ("12378", "complaints"),
    ],
)
def test_searching_what_customers_say_finds_the_chapter(reader, handbook, query, chapter):
    found = search(reader.open(handbook), query)
    addresses = found.evaluate_all("pages => pages.map(page => page.querySelector('a').pathname)")
    assert any(address.endswith(f"/chapters/{chapter}/") for address in addresses[:3]), addresses


def test_a_search_result_opens_the_chapter_with_the_word_marked(reader, handbook):
    page = reader.open(handbook + TIME_LIMITS)
    search(page, "宽限期").first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("续期缴费与保单效力")
    expect(page.locator("article mark", has_text="宽限").first).to_be_attached()


def test_words_of_the_dictionary_are_kept_whole_in_the_index(index):
    assert "\\u200b" in index["config"]["separator"]
    words = {word for entry in index["docs"] for word in re.split(r"[\s\u200b<>]+", entry["text"])}
    assert {"犹豫期", "宽限期", "等待期", "免赔额", "受益人", "减额交清", "自动垫交", "如实告知", "核身"} <= words


def test_the_dictionary_is_sorted_and_has_a_term_on_each_line():
    lines = (DOCS / "search-terms.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 150
    assert [line for line in lines if not re.fullmatch(r"\S{2,}( [1-9]\d*)?", line)] == []
    terms = [line.split()[0] for line in lines]
    assert terms == sorted(set(terms))


def plain(text: str) -> str:
    return re.sub(r"<[^>]*>|[\s\u200b*]", "", text)


def test_nothing_of_the_items_can_be_searched(index):
    """What the chapters say in the same words is theirs; so is what a fact fills in."""
    texts = set()
    for bank in (DOCS / "bank").glob("*.yml"):
        for item in yaml.safe_load(bank.read_text(encoding="utf-8"))["items"]:
            options = item.get("options", [])
            written = [item["stem"], item.get("model_answer", ""), item.get("stimulus", "")]
            written += [option.get(part, "") for option in options for part in ("text", "rationale")]
            written += [criterion["criterion"] for criterion in item.get("rubric", [])]
            texts |= {plain(line) for text in written for line in text.splitlines() if "{{" not in line}
    prose = plain("".join(path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")))
    own = {text for text in texts if len(text) >= 10 and text not in prose}
    assert len(own) > 1000

    searchable = plain("".join(entry["title"] + entry["text"] for entry in index["docs"]))
    assert "犹豫期" in searchable
    assert sorted(text for text in own if text in searchable) == []


def test_no_page_complains_or_asks_another_server(reader, handbook, pages):
    page = reader.open(handbook)
    for address in pages:
        page.goto(handbook + address, wait_until="networkidle")
        expect(page.locator("h1")).to_have_count(1)
        assert reader.complaints == [], address


@both_schemes
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("address", [HOME, CHAPTER, TIME_LIMITS, UNKNOWN], ids=["home", "chapter", "limits", "404"])
def test_axe_finds_nothing(reader, published, address, size, scheme):
    page = reader.open(published + address, color_scheme=scheme, viewport=size)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if scheme == "dark" else "default")
    assert complaints_of_axe(page, passing=30) == []


@both_schemes
def test_axe_finds_nothing_in_search_results(reader, handbook, scheme):
    page = reader.open(handbook, color_scheme=scheme, reduced_motion="reduce")
    expect(search(page, "退保").first).to_be_visible()
    assert complaints_of_axe(page, passing=30) == []


def test_on_a_narrow_screen_no_page_scrolls_sideways(reader, handbook, pages):
    wide = {}
    page = reader.open(handbook, viewport=NARROW)
    for address in pages:
        page.goto(handbook + address)
        wide[address] = page.evaluate("document.scrollingElement.scrollWidth")
    assert {address: width for address, width in wide.items() if width > NARROW["width"]} == {}


def test_on_a_narrow_screen_a_wide_table_scrolls_by_keyboard_inside_its_box(reader, handbook):
    page = reader.open(handbook + CHAPTER, viewport=NARROW)
    box = page.locator(".md-typeset__scrollwrap").first
    expect(box.locator("th")).to_have_count(4)
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")

    page.locator("#roles .headerlink").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.md-typeset__scrollwrap').scrollLeft > 0")


def test_on_a_phone_the_two_ways_to_say_it_stand_side_by_side(reader, handbook):
    page = reader.open(handbook + CHAPTER, viewport=NARROW)
    say, avoid = (page.locator("#scripts + * td").nth(n).bounding_box() for n in (0, 1))
    assert say["y"] == avoid["y"]
    assert abs(say["width"] - avoid["width"]) < 2
    assert avoid["x"] + avoid["width"] <= NARROW["width"]


def test_every_heading_can_be_linked_to_with_a_plain_address(reader, handbook, pages):
    page = reader.open(handbook, java_script_enabled=False)
    for address in pages:
        page.goto(handbook + address)
        ids = page.eval_on_selector_all(
            "article :is(h1, h2, h3, h4, h5, h6)",
            "headings => headings.map(heading => (heading.closest('handbook-item') ?? heading).id)",
        )
        assert ids, address
        assert [heading for heading in ids if not ASCII_ID.fullmatch(heading)] == [], address
        assert len(set(ids)) == len(ids), address


def test_the_footer_leads_through_all_pages_in_the_order_of_the_navigation(reader, handbook, pages):
    page = reader.open(handbook)
    links = page.locator(".md-nav--primary a.md-nav__link[href]")
    order = list(dict.fromkeys(links.evaluate_all("links => links.map(link => link.href.split('#')[0])")))
    assert sorted(order) == sorted(handbook + address for address in pages)
    titles = [title.strip() for title in links.all_inner_texts()]
    numbered = [title for title in titles if title[:1].isdigit()]
    assert [title.split()[0] for title in numbered] == [str(n) for n in range(1, 13)]

    for here, after in pairwise(order):
        assert page.url == here
        page.get_by_role("link", name="下一页").click()
        page.wait_for_url(after)
        back = page.get_by_role("link", name="上一页")
        assert back.evaluate("link => link.href") == here
    expect(page.get_by_role("link", name="下一页")).to_have_count(0)


def test_the_home_page_leads_to_chapters_quizzes_exams_time_limits_the_pdf_and_the_card(reader, handbook):
    page = reader.open(handbook)
    ways = page.locator(".ways a")
    assert ways.evaluate_all("links => links.map(link => link.href)") == [
        f"{handbook}chapters/service-process/",
        f"{handbook}#chapters",
        f"{handbook}exam/",
        handbook + TIME_LIMITS,
        f"{handbook}pdf/handbook.pdf",
        f"{handbook}pdf/pocket-card.pdf",
    ]
    cards = page.locator(".chapter-cards__card")
    expect(cards).to_have_count(12)
    cards.nth(5).get_by_text("约").click()
    expect(page.locator("h1")).to_contain_text("犹豫期与退保")

    page.go_back()
    cards.nth(5).get_by_role("link", name="自测").click()
    expect(page.locator("#quiz")).to_be_in_viewport()
    expect(page.locator("h1")).to_contain_text("犹豫期与退保")


@pytest.mark.parametrize(("size", "columns"), [(DESK, 3), (PHONE, 1)], ids=["desk", "phone"])
def test_the_cards_stand_in_one_column_on_a_phone(reader, handbook, size, columns):
    page = reader.open(handbook, viewport=size)
    lefts = page.locator(".chapter-cards__card").evaluate_all("cards => cards.map(card => card.offsetLeft)")
    assert len(set(lefts)) == columns


def test_every_number_in_a_chapter_is_the_one_in_the_time_limits(reader, handbook, pages):
    page = reader.open(handbook + TIME_LIMITS, java_script_enabled=False)
    limits = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.facts__row')].map("
        "row => [row.id, row.querySelector('.facts__value').firstChild.textContent]))"
    )
    assert len(limits) > 40
    shown = []
    for address in pages:
        page.goto(handbook + address)
        shown += page.eval_on_selector_all(
            "a.fact", "links => links.map(link => [link.hash.slice(1), link.textContent])"
        )
    assert len(shown) > 200
    assert [fact for fact in shown if limits.get(fact[0]) != fact[1]] == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_following_a_number_shows_its_row_outlined_below_the_header(reader, handbook, size):
    page = reader.open(handbook + CHAPTER, viewport=size)
    page.locator("#hesitation ~ p a.fact").first.click()
    row = page.locator("#hesitation-long-health")
    expect(row).to_be_in_viewport()
    assert is_below_the_header(page, row)
    assert style(row, "outline-style") == "solid"
    assert style(page.locator("#surrender-payment"), "outline-style") == "none"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_following_a_link_to_a_section_marks_its_heading_below_the_header(reader, handbook, size):
    page = reader.open(f"{handbook}{CHAPTER}#loss", viewport=size)
    heading = page.locator("#loss")
    expect(heading).to_be_in_viewport()
    assert is_below_the_header(page, heading)
    assert style(heading, "border-left-style") == "solid"
    assert style(page.locator("#steps"), "border-left-style") == "none"


def test_facts_that_nobody_has_confirmed_say_so_in_words_and_with_a_frame(reader, handbook):
    page = reader.open(handbook + TIME_LIMITS)
    unsure, promise = page.locator(".facts__status--secondary").first, page.locator(".facts__status--company").first
    expect(unsure).to_have_text("待合规复核")
    expect(promise).to_have_text("公司承诺")
    assert style(unsure, "border-top-style") == "solid"
    assert style(promise, "border-top-style") == "none"


@both_schemes
@pytest.mark.parametrize("target", [".md-logo", ".ways a", ".chapter-cards__title a", ".md-footer__link"])
def test_focus_is_outlined(reader, handbook, target, scheme):
    page = reader.open(handbook, color_scheme=scheme)
    page.keyboard.press("Tab")
    link = page.locator(target).first
    link.focus()
    assert style(link, "outline-width") == "3px"
    assert style(link, "outline-style") == "solid"


def test_the_skip_link_names_where_it_goes_and_goes_there(reader, handbook):
    page = reader.open(handbook + CHAPTER)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳转至 正文")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#surrender")


def test_with_reduced_motion_nothing_moves(reader, handbook):
    durations = "[...document.querySelectorAll('*')].map(element => getComputedStyle(element).transitionDuration)"
    moving = set(reader.open(handbook).evaluate(durations))
    still = set(reader.open(handbook, reduced_motion="reduce").evaluate(durations))
    assert "0.25s" in moving
    assert still == {"0s"}


@both_schemes
def test_on_paper_there_is_black_text_and_nothing_to_press(reader, handbook, scheme):
    page = reader.open(handbook + CHAPTER, color_scheme=scheme)
    expect(page.locator(".md-header")).to_be_visible()
    page.emulate_media(media="print")
    for part in ("header", "sidebar", "footer", "top"):
        expect(page.locator(f".md-{part}").first).to_be_hidden()
    expect(page.locator(".headerlink").first).to_be_hidden()
    for part in ("h1", "h2", "p", "td", "td a", ".admonition-title"):
        assert style(page.locator(f"article {part}").first, "color") == "rgb(0, 0, 0)"
    assert style(page.locator("td a").first, "text-decoration-line") == "underline"
    boxes = page.locator(".md-typeset__scrollwrap")
    assert set(boxes.evaluate_all("boxes => boxes.map(box => getComputedStyle(box).overflowX)")) == {"visible"}


def test_an_unknown_address_is_answered_in_chinese_and_leads_back(reader, published):
    page = reader.open(published + UNKNOWN)
    expect(page).to_have_title("找不到这一页 - 客户服务培训手册")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("h1")).to_contain_text("找不到这一页")
    assert "Not found" not in page.inner_text("body")
    assert style(page.locator(".md-header"), "background-color") == "rgb(27, 79, 138)"

    page.get_by_role("link", name="回到首页").click()
    page.wait_for_url(published)
    expect(page.locator("h1")).to_contain_text("客户服务培训手册")


def test_search_works_where_the_address_is_unknown(reader, published):
    page = reader.open(published + UNKNOWN)
    search(page, "退保").first.get_by_role("link").first.click()
    expect(page.locator("h1")).to_contain_text("犹豫期与退保")


def test_the_sitemap_lists_every_page_under_the_published_address(published, sites, pages):
    sitemap = (sites / "company/handbook/sitemap.xml").read_text(encoding="utf-8")
    assert sorted(re.findall(r"<loc>(.*?)</loc>", sitemap)) == sorted(published + address for address in pages)
