"""The handbook built by MkDocs, ProperDocs and Zensical: what of each chapter is equal, and what is not."""

import shutil
import subprocess
import sys
from urllib.parse import urljoin

import pytest
from lxml import html
from tests.conftest import ROOT

from handbook.book import read_book
from handbook.cli import main
from handbook.site import proof

BOOK = read_book(ROOT / "mkdocs.yml")
CHAPTERS = list(BOOK.chapter_stems)
FAULTS = {
    # what is put in place of something in the page of a chapter, and what the proof says of it
    ('<h2 id="roles"', '<h2 hidden id="roles"'): ["小节 'roles' 在网页里看不见，它在 `<h2 hidden>` 里"],
    ('<h2 id="steps"', '<p id="steps">## 步骤</p><h2'): ["小节 'steps' 在网页里没有出现"],
    ('<h2 id="cases"', '<p id="records"></p><h2 id="cases"'): ["锚点 'records' 在网页里有 2 处"],
    ('data-item="claims-neighbour-report"', 'data-item="claims-company-promise"'): [
        "题目 'claims-neighbour-report' 在网页里没有出现",
        "题目 'claims-company-promise' 在网页里出现了 2 次",
    ],
    ("time-limits/#claim-payment", "time-limits/#claim-paid"): [
        "链接通向的锚点 'appendix/time-limits/index.html#claim-paid' 网站里没有"
    ],
    ("time-limits/#claim-rejection-notice", "limits/"): ["链接通向的文件 'appendix/limits/index.html' 网站里没有"],
    (">5个工作日</a>", ">{{ claim-assessment }}</a>"): ["网页里露出了“{{ claim-assessment }}”"],
    ('<h2 id="scripts"', '<p>&lt;!-- quiz: x --&gt;</p><h2 id="scripts"'): ["网页里露出了“<!-- quiz: x -->”"],
}


def words(elements):
    return [" ".join(element.text_content().split()) for element in elements]


def body(page):
    """Everything in the article but the head, which leads to a PDF, and Zensical's mark for skipping the navigation."""
    return page.xpath("//article/*[not(@class='chapter-head' or @id='__skip')]")


def led(page, path):
    return [(link.get("href"), *words([link])) for element in body(page) for link in element.xpath(path)]


def attributes(page, path, *names):
    return [tuple(element.get(name) for name in names) for element in page.xpath(path)]


ACTIVE = "//a[contains(@class, 'md-nav__link--active')]"
ITEM = ("id", "data-item", "data-revision", "data-type")
ASPECTS = {
    # what of a chapter, and whether ProperDocs and Zensical make of it what MkDocs does
    "text": (lambda page: words(body(page)), True, True),
    "headings": (lambda page: attributes(page, "//article//*[self::h1 or self::h2 or self::h3]", "id"), True, True),
    "contents": (lambda page: attributes(page, "//*[@data-md-component='toc']//a", "href"), True, True),
    "items": (lambda page: attributes(page, "//handbook-item", *ITEM), True, True),
    "options": (lambda page: attributes(page, "//handbook-item//input", "type", "name", "value"), True, True),
    "keys": (lambda page: words(page.xpath("//handbook-item//details")), True, True),
    "links": (lambda page: led(page, ".//a"), True, True),
    "bases of facts": (lambda page: attributes(page, "//a[@class='fact']", "href", "title"), True, True),
    "tooltips": (lambda page: attributes(page, "//article//abbr", "title"), True, True),
    "flowcharts": (lambda page: words(page.xpath("//figure//*[local-name() = 'svg']")), True, True),
    "way to the PDF": (lambda page: bool(page.xpath("//*[@class='chapter-head']/a[@download]")), True, False),
    "number in the navigation": (lambda page: words(page.xpath(ACTIVE))[0][:1].isdigit(), True, False),
    "only the scripts it needs": (
        lambda page: not page.xpath("//script[contains(@src, '/exam/exam.js')]"),
        True,
        False,
    ),
    "marks for the search": (lambda page: bool(page.xpath("//*[@data-search-exclude]")), True, False),
}


def run(*command):
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def sites(tmp_path_factory):
    """Return the folder of the site that each generator builds."""
    root = tmp_path_factory.mktemp("generators")
    for name in ("mkdocs", "properdocs"):
        run(name, "build", "-q", "-f", ROOT / "mkdocs.yml", "-d", root / name)
    assert main(["--config", str(ROOT / "mkdocs.yml"), "prepare", str(root / "prepared")]) == 0
    run("zensical", "build", "-f", root / "prepared/mkdocs.yml")

    return {"mkdocs": root / "mkdocs", "properdocs": root / "properdocs", "zensical": root / "prepared/site"}


@pytest.fixture(scope="session")
def pages(sites):
    """Return the chapters of each site as trees, with links as seen from the site's root."""

    def tree(site, chapter):
        page = html.fromstring((site / f"chapters/{chapter}/index.html").read_text(encoding="utf-8"))
        page.rewrite_links(lambda link: urljoin(f"/chapters/{chapter}/", link))
        return page

    return {name: {chapter: tree(site, chapter) for chapter in CHAPTERS} for name, site in sites.items()}


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("generator", ["properdocs", "zensical"])
def test_the_table_of_what_is_equal_is_true(aspect, generator, pages):
    said, *equal = ASPECTS[aspect]
    expected = {chapter: said(page) for chapter, page in pages["mkdocs"].items()}
    found = {chapter: said(page) for chapter, page in pages[generator].items()}

    assert all(expected.values())
    if equal[generator == "zensical"]:
        assert found == expected
    else:
        assert not [chapter for chapter in CHAPTERS if found[chapter] == expected[chapter]]


def test_every_page_is_there(sites):
    known = {path.relative_to(sites["mkdocs"]) for path in sites["mkdocs"].rglob("*.html")}

    assert len(known) > len(CHAPTERS)
    for site in sites.values():
        assert known - {path.relative_to(site) for path in site.rglob("*.html")} == set()


def test_the_proof_names_what_is_planted_in_the_handbook_and_nothing_else(sites, tmp_path):
    generated = [BOOK.settings.options.facts_page, *map(BOOK.exam_page, BOOK.blueprints)]
    sources = {
        source: f"{source.removesuffix('.md').removesuffix('index').rstrip('/')}/index.html".lstrip("/")
        for source in [*BOOK.pages, *generated]
    }
    site = shutil.copytree(sites["mkdocs"], tmp_path / "site")
    claims = site / "chapters/claims/index.html"
    before = proof.faults(BOOK, site, sources, "https://example.org/")
    for change in FAULTS:
        text = claims.read_text(encoding="utf-8")
        assert change[0] in text
        claims.write_text(text.replace(*change, 1), encoding="utf-8")
    after = proof.faults(BOOK, site, sources, "https://example.org/")

    assert before == []
    assert sorted(problem.what for problem in after) == sorted(what for named in FAULTS.values() for what in named)
    assert {problem.path for problem in after} == {"docs/chapters/claims.md", "docs/bank/claims.yml"}


def test_the_generated_files_are_there(sites):
    for name in ("trainers/coverage.csv", "assets/progress/chapters.js"):
        assert len({(site / name).read_bytes() for site in sites.values()}) == 1, name


def test_what_zensical_is_given_holds_no_source_of_items_or_facts(sites):
    given = {path.name for path in sites["zensical"].parent.rglob("*.*") if path.is_file()}

    assert "claims.md" in given
    assert not [
        name
        for name in given
        if name in {"facts.yml", "glossary.yml", "laws.yml", "pocket-card.yml", "claims.yml", "sync.lock"}
    ]


def test_no_rationale_and_no_quiz_can_be_searched_under_zensical(sites):
    index = (sites["zensical"] / "search.json").read_text(encoding="utf-8")
    rationale = words(
        html.parse(str(sites["mkdocs"] / "chapters/claims/index.html")).xpath("//handbook-item//details//li")
    )[0]

    assert "拒赔" in index
    assert rationale not in index
    assert "#quiz" not in index
