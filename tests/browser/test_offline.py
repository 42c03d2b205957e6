"""The offline folder as staff open it: unzipped under a Chinese name with a space, through file://, without network."""

import shutil
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from playwright.sync_api import Locator, Page, expect

from handbook.cli import main

ROOT = Path(__file__).parents[2]
DESK, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}

both_widths = pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "narrow"])


@pytest.fixture(scope="session")
def offline(tmp_path_factory) -> Path:
    """The folder inside the zip, unzipped."""
    place = tmp_path_factory.mktemp("offline") / "离线 手册"
    archive = place.with_suffix(".zip")
    assert main(["--config", str(ROOT / "mkdocs.yml"), "offline", "--out", str(archive)]) == 0
    with ZipFile(archive) as files:
        files.extractall(place)
    (folder,) = place.iterdir()

    return folder


@pytest.fixture(scope="session")
def pages(offline) -> Path:
    return offline / "handbook"


@pytest.fixture
def home(pages) -> str:
    return (pages / "index.html").as_uri()


@pytest.fixture
def chapter(pages) -> str:
    return (pages / "chapters/claims.html").as_uri()


def search(page: Page, query: str) -> Locator:
    """Return the links of the pages found, best first."""
    if page.viewport_size == NARROW:
        page.locator(".md-header__button[for=__search]").click()
    page.locator(".md-search__input").fill(query)
    page.locator(".md-search__input").press("End")

    return page.locator(".md-search-result__item > a")


def first_item(page: Page) -> Locator:
    return page.locator("handbook-item[data-type=single]").first


def answer(item: Locator) -> str:
    """Choose the first option and submit; return what the reader is told."""
    item.locator("label").first.click()
    item.get_by_role("button", name="提交答案").click()
    told = item.locator(".handbook-item__status")
    expect(told).to_contain_text("回答")

    return told.inner_text()


def test_the_zip_holds_one_folder_with_a_start_page_instructions_and_no_leftovers(offline, pages):
    assert offline.name == "客户服务培训手册"
    assert {path.name for path in offline.iterdir()} == {"打开手册.html", "使用说明.txt", "handbook"}
    files = {path.relative_to(pages).as_posix() for path in pages.rglob("*")}
    assert {"index.html", "chapters/claims.html", "trainers/coverage.csv"} <= files
    assert files.isdisjoint({"404.html", "sitemap.xml", "search/search_index.json", "bank", "assets/javascripts/lunr"})


def test_the_instructions_can_be_read_in_notepad(offline):
    raw = (offline / "使用说明.txt").read_bytes()
    assert raw.startswith("\ufeff客户服务培训手册".encode())
    assert raw.count(b"\r\n") == raw.count(b"\n") > 10
    for words in ("全部解压缩", "打开手册.html", "只保存在这台电脑的这个浏览器里"):
        assert words in raw.decode()


def test_the_start_page_goes_on_to_the_handbook(reader, offline, home):
    page = reader.open((offline / "打开手册.html").as_uri())
    page.wait_for_url(home)
    expect(page.locator("h1")).to_contain_text("客户服务培训手册")


def test_without_scripts_the_start_page_has_a_link(reader, offline, home):
    page = reader.open((offline / "打开手册.html").as_uri(), java_script_enabled=False)
    page.get_by_role("link", name="打开手册").click()
    assert page.url == home


def test_opened_inside_the_zip_the_start_page_says_to_unzip_first(reader, offline, tmp_path):
    reader.tolerated = lambda complaint: "ERR_FILE_NOT_FOUND" in complaint
    shutil.copy(offline / "打开手册.html", tmp_path)
    page = reader.open((tmp_path / "打开手册.html").as_uri())
    expect(page.get_by_text("全部解压缩")).to_be_visible()


def test_no_page_complains_or_asks_the_network(reader, pages, home):
    page = reader.open(home)
    found = sorted(pages.rglob("*.html"))
    assert len(found) > 20
    for path in found:
        page.goto(path.as_uri(), wait_until="networkidle")
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("meta[http-equiv=Content-Security-Policy]")).to_have_count(1)
        assert reader.complaints == [], path


def test_every_link_inside_the_folder_leads_to_a_file_and_an_anchor(reader, pages, home):
    page = reader.open(home)
    anchors, links = {}, set()
    for path in sorted(pages.rglob("*.html")):
        page.goto(path.as_uri())
        anchors[path.as_uri()] = set(page.eval_on_selector_all("[id]", "all => all.map(element => element.id)"))
        links |= set(page.eval_on_selector_all("a[href]", "all => all.map(link => link.href)"))
    inside = [link.partition("#") for link in links if link.startswith("file:")]
    assert len(inside) > 500
    dead = [
        target + anchor
        for target, _, anchor in inside
        if not Path(unquote(target.removeprefix("file://"))).is_file()
        or (anchor and unquote(anchor) not in anchors[target])
    ]
    assert dead == []


@both_widths
@pytest.mark.parametrize("start", ["index.html", "chapters/payments.html"])
def test_searching_finds_the_chapter_and_opens_it_with_the_word_marked(reader, pages, start, size):
    page = reader.open((pages / start).as_uri(), viewport=size)
    found = search(page, "犹豫期")
    expect(found.first).to_be_visible()
    found.first.click()
    expect(page.locator("h1")).to_contain_text("犹豫期与退保")
    expect(page.locator("article mark", has_text="犹豫").first).to_be_attached()


@both_widths
def test_an_answer_is_still_there_after_a_reload_and_after_other_pages(reader, chapter, size):
    page = reader.open(chapter, viewport=size)
    told = answer(first_item(page))

    page.reload()
    expect(first_item(page).locator(".handbook-item__status")).to_have_text(told)
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("h1")).not_to_contain_text("理赔")
    expect(first_item(page).locator(".handbook-item__status")).to_be_empty()
    page.get_by_role("link", name="上一页").click()
    expect(first_item(page).locator(".handbook-item__status")).to_have_text(told)


@both_widths
def test_the_footer_leads_through_all_pages(reader, pages, home, size):
    page = reader.open(home, viewport=size)
    seen = [page.url]
    while page.get_by_role("link", name="下一页").count():
        page.get_by_role("link", name="下一页").click()
        page.wait_for_url(lambda url: url != seen[-1])
        seen.append(page.url)
    assert sorted(seen) == sorted(path.as_uri() for path in pages.rglob("*.html"))


def test_the_dark_scheme_stays_from_page_to_page(reader, home):
    page = reader.open(home, color_scheme="light")
    page.get_by_title("改为浅色").click()
    page.get_by_title("改为深色").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("link", name="读章节").click()
    expect(page.locator("h1")).not_to_contain_text("客户服务培训手册")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_flowcharts_are_drawn_in_the_colours_of_the_page(reader, chapter):
    chart = reader.open(chapter).locator("svg.flowchart").first
    assert chart.bounding_box()["width"] > 100
    node = chart.locator(".node :is(rect, polygon, path)").first
    assert node.evaluate("node => getComputedStyle(node).stroke") == "rgb(27, 79, 138)"


def test_tables_can_be_sorted_and_filtered(reader, pages):
    page = reader.open((pages / "trainers/trace.html").as_uri())
    rows = page.locator("table[data-sortable] tbody tr").locator("visible=true")
    whole = rows.count()
    page.locator(".sort-button").first.click()
    expect(page.locator("[aria-sort=ascending]")).to_have_count(1)
    page.locator("form[data-filters] select").first.select_option(index=1)
    assert 0 < rows.count() < whole


def test_the_policy_stops_what_would_reach_the_network(reader, chapter, sites, origin, tmp_path):
    """The same picture loads from a page on disk that has no policy."""
    (sites / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    (tmp_path / "free.html").write_text("<!doctype html><title>x</title>")
    load = """source => new Promise(done => {
      const picture = new Image();
      picture.onload = picture.onerror = ({ type }) => done(type);
      picture.src = source;
    })"""
    reader.tolerated = lambda _: True

    assert reader.open((tmp_path / "free.html").as_uri()).evaluate(load, f"{origin}/dot.svg") == "load"
    assert reader.open(chapter).evaluate(load, f"{origin}/dot.svg") == "error"
