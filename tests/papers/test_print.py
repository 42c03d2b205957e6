"""What is read back from PDFs and Word files: the same text, whole gaps, full pages, no fault of access."""

import re
from contextlib import closing

import outloud
import page as page_validation
import pypdfium2
import pytest
from tests.papers.conftest import (
    ink,
    pages,
    paragraphs,
    squeezed,
    text_of,
    to_pdf,
    within,
)

from handbook.exams.assembly import parallel_forms
from handbook.papers.issuing import documents
from handbook.press.tree import Gap, Paragraph

KINDS = ["试卷", "试卷-A3", "答题卡", "答案与评分标准"]
FIELDS = ("部门", "姓名", "工号", "座位号")


def said(pdf, footer):
    """Return all the text of a PDF without its feet."""
    foot = squeezed(footer)
    return re.sub(rf"{re.escape(foot)}(·答案，注意保密)?第\d+/\d+页", "", squeezed("".join(pages(pdf))))


def unsealed(text):
    """Return a text without the strip that is folded away, whose words each writer sets in its own way."""
    for word in (*FIELDS, "密封线内不要答题", "密", "封", "线"):
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_word_document_say_the_same_in_the_same_order(files, form, record, kind):
    footer = f"{form.blueprint.title} · A 卷 · 记录 {record.id}"
    in_word = squeezed("".join(paragraphs(files[f"{kind}.docx"])))

    assert len(in_word) > 400
    assert unsealed(said(files[f"{kind}.pdf"], footer)) == unsealed(in_word)


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_all_that_is_in_the_document(files, trees, kind):
    found = squeezed("".join(pages(files[f"{kind}.pdf"])))
    texts = [text_of(part) for part in within(trees[kind].blocks, Paragraph)]

    assert [text for text in texts if squeezed(text) not in found and not broken(text, found)] == []


def broken(text, found):
    """Tell whether both halves are there: the foot of a page stands between them."""
    quarter = len(squeezed(text)) // 4
    return squeezed(text)[:quarter] in found and squeezed(text)[-quarter:] in found


def test_every_page_bears_its_number_the_form_and_the_record(files, record):
    for kind in KINDS:
        texts = pages(files[f"{kind}.pdf"])
        for number, text in enumerate(texts, 1):
            assert squeezed(f"A卷·记录{record.id}") in squeezed(text)
            assert f"第{number}/{len(texts)}页" in squeezed(text)


@pytest.mark.parametrize("kind", ["试卷", "试卷-A3"])
def test_a_candidate_is_named_within_the_seal_line_of_the_first_page_alone(files, trees, kind):
    first, *others = [squeezed(text) for text in pages(files[f"{kind}.pdf"])]
    body = text_of(trees[kind].blocks)

    assert trees[kind].seal.fields == FIELDS
    assert [word for word in (*FIELDS, "密封线内不要答题") if word not in first] == []
    assert not any("座位号" in text for text in (*others, body))


def test_the_seal_line_stands_left_of_all_else(files):
    with closing(pypdfium2.PdfDocument(files["试卷.pdf"])) as pdf:
        text = pdf[0].get_textpage()
        characters = [(text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars())]
    said = "".join(character for character, _ in characters)
    sealed = range(said.index("部门"), said.index("密封线内不要答题") + len("密封线内不要答题"))
    millimetre = 72 / 25.4

    assert max(characters[index][1][2] for index in sealed) < 24 * millimetre
    assert (
        min(box[0] for index, (one, box) in enumerate(characters) if index not in sealed and one.strip())
        > 26 * millimetre
    )


@pytest.mark.parametrize("name", ["2026-standard", "procedures", "quick-check", "group-claims"])
def test_a_gap_never_breaks_and_never_stands_alone(book, name):
    (form,) = parallel_forms(book, name, ["A"], 7)
    for document in list(documents(book, form, "0"))[:2]:
        gaps = [gap for gap in within(document.blocks, Gap) if gap.bracketed]
        whole, torn = gaps_in(to_pdf(document))
        assert torn == []
        assert whole == len(gaps) > 0


def test_nor_does_one_in_the_word_document_as_libreoffice_lays_it_out(converted, trees):
    gaps = [gap for gap in within(trees["试卷"].blocks, Gap) if gap.bracketed]

    assert gaps_in(converted["试卷.docx"]) == (len(gaps), [])
    assert gaps_in(converted["试卷-A3.docx"]) == (len(gaps), [])


def gaps_in(pdf):
    """Return how many lines end in a gap, and those in which one is torn or stands alone."""
    lines = [line for text in pages(pdf) for line in text.splitlines()]
    torn = [line for line in lines if re.search(r"^\s*(（\s*）|）)|（\s*$", line)]

    return sum(len(re.findall(r"（\s+）", line)) for line in lines), torn


@pytest.mark.parametrize("kind", ["试卷", "试卷-A3", "答案与评分标准"])
def test_no_page_but_the_last_is_half_empty(files, kind):
    """Of each column, the lowest ink; the foot does not count."""
    filled = [share for page in ink(files[f"{kind}.pdf"]) for share in page][:-1]
    if kind == "试卷-A3" and filled[-1] < 0.75:
        filled.pop()  # the last sheet has two columns

    assert filled
    assert min(filled) > 0.75


@pytest.mark.parametrize("kind", KINDS)
def test_two_accessibility_checkers_find_no_fault(files, tmp_path, kind):
    path = tmp_path / "paper.pdf"
    path.write_bytes(files[f"{kind}.pdf"])

    assert [failure.rule_id for failure in page_validation.validate_pdf(path, profile="ua1").failures] == []
    assert [finding for finding in outloud.check(path).findings if finding.severity == "error"] == []
