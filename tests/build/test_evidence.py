"""The evidence of every item of the handbook, on the pages of the built site: its words, and the sentence its link lands on."""

import os
import posixpath
import re
import subprocess
import sys
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html
from tests.conftest import ROOT

from handbook.book import read_book
from handbook.reading.digests import folded
from handbook.review.sync import State

BOOK = read_book(ROOT / "mkdocs.yml")
CHAPTERS = [f"chapters/{name}" for name in BOOK.chapter_stems]
EXAMS = [f"exam/{name}" for name in BOOK.blueprints]
STATES = re.findall(r"^- \*\*(.+?)\*\*：", BOOK.pages["trainers/trace.md"].text, re.MULTILINE)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a way to the pages of the real handbook."""
    folder = tmp_path_factory.mktemp("handbook")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", ROOT / "mkdocs.yml", "-d", folder]
    run = subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr

    return cache(lambda page: html.fromstring((folder / page / "index.html").read_bytes()))


def faults(site, page):
    """Yield what is wrong with the evidence of the items of a page; it has some."""
    shown = 0
    for basis in site(page).find_class("handbook-item__basis"):
        name = next(basis.iterancestors("handbook-item", "handbook-exam-item")).get("data-item")
        item = BOOK.bank.by_id[name].item
        links = basis.xpath(".//a[not(@class)]")
        pieces = list(zip(item.quoted, BOOK.passages(item), strict=True))
        shown += len(pieces)
        if len(links) != len(pieces):
            yield name, "pieces", len(links)
        for link, ((section, words), passage) in zip(links, pieces, strict=False):
            said = folded(f"{BOOK.section_label(section)}：“{BOOK.seen(words)}”")
            if said.replace("'", '"') not in folded(link.getparent().text_content()).replace("'", '"'):
                yield name, "words", said
            yield from ((name, fault, words) for fault in landing(site, page, link.get("href"), passage))
    assert shown


def landing(site, page, link, passage):
    """Yield what is wrong with the place where a link lands; all sentences of its passage have theirs."""
    where = urlsplit(urljoin(f"/{page}/", link))
    found = site(posixpath.normpath(where.path).strip("/")).xpath("//*[@id=$name]", name=where.fragment)
    if len(found) != 1:
        yield f"{len(found)} places"
    elif folded(BOOK.seen(passage.sentences[0].text)) not in folded(found[0].text_content()):
        yield f"lands on {found[0].text_content()}"


@pytest.mark.parametrize("page", [*CHAPTERS, *EXAMS, "exam/mistakes"])
def test_evidence_is_quoted_and_leads_to_its_sentence(site, page):
    assert list(faults(site, page)) == []


def test_every_item_is_in_its_chapter_and_in_the_notebook(site):
    ids = sorted(BOOK.bank.by_id)

    assert sorted(item.get("data-item") for page in CHAPTERS for item in site(page).iter("handbook-item")) == ids
    assert sorted(item.get("data-item") for item in site("exam/mistakes").iter("handbook-item")) == ids


@pytest.mark.parametrize("page", CHAPTERS)
def test_no_sentence_of_the_handbook_is_so_written_that_it_cannot_be_marked(site, page):
    assert [span.get("id") for span in site(page).find_class("quoted") if not span.text_content()] == []


def test_the_trace_shows_every_section_that_an_item_rests_on_and_counts_its_evidence(site):
    rows = {
        row.xpath("string(th/code)"): row for row in site("trainers/trace").xpath("//table[@id='trace-table']/tbody/tr")
    }

    assert rows.keys() == BOOK.bank.by_id.keys()
    for name, row in rows.items():
        item, cells = BOOK.bank.by_id[name].item, row.findall("td")
        assert cells[1].xpath("a/text()") == [BOOK.section_label(section) for section in item.sections]
        assert cells[2].text == f"{len(item.evidence)} 条"


def test_the_trace_explains_every_state():
    assert sorted(STATES) == sorted(State)
