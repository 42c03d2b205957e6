"""Evidence is read from one line or a pair, and speaks of the sections that it names."""

import json

import pytest
from pydantic import ValidationError
from tests.conftest import ROOT, write_files

from handbook.book import read_book
from handbook.checks.evidence import quotations
from handbook.items import MODELS

ITEM = {
    "id": "x", "type": "short_answer", "section": "claims.md#deadlines", "level": "remember", "difficulty": 1,
    "stem": "多久？", "model_answer": "三日。", "rubric": [{"criterion": "三日", "points": 1}],
}  # fmt: skip


def item(*evidence):
    return MODELS["short_answer"].model_validate({**ITEM, "evidence": list(evidence)})


def test_words_alone_are_of_the_items_own_section_and_a_pair_names_another():
    one = item("三日内发出", {"claims.md#papers": "一次性告知"}, {"claims.md#deadlines": "通知书"})

    assert list(one.quoted) == [
        ("claims.md#deadlines", "三日内发出"),
        ("claims.md#papers", "一次性告知"),
        ("claims.md#deadlines", "通知书"),
    ]
    assert one.sections == ("claims.md#deadlines", "claims.md#papers")


def test_an_item_without_evidence_rests_on_its_own_section():
    assert (list(item().quoted), item().sections) == ([], ("claims.md#deadlines",))


def test_evidence_may_be_written_field_by_field():
    assert (
        item({"section": "claims.md#papers", "words": "告知"}).evidence == item({"claims.md#papers": "告知"}).evidence
    )
    assert item({"words": "告知"}).evidence == item("告知").evidence


@pytest.mark.parametrize(
    "written", ["", None, 5, {}, {"claims.md": "告知"}, {"a.md#a": "告知", "b.md#b": "告知"}, ["告知"]]
)
def test_what_is_no_quotation_is_refused(written):
    with pytest.raises(ValidationError):
        item(written)


def test_evidence_is_no_text_that_a_reader_sees_in_the_item():
    assert "依据在此" not in [text for _, text in item("依据在此").texts()]


def test_each_quotation_is_reported_at_its_own_line(project):
    fields = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in ITEM.items()]
    quoted = ["evidence:", "  - 三日内发出", "  - 五日内发出", "  - 通知"]
    bank = "\n    ".join(["items:", *quoted, *fields]).replace("    evidence", "  - evidence", 1)
    write_files(project, {"docs/bank/claims.yml": f"{bank}\n"})

    found = list(quotations(read_book(project / "mkdocs.yml")))

    assert [(problem.line, problem.warning) for problem in found] == [(4, True), (5, False)]


def test_every_item_of_the_handbook_quotes_what_it_says():
    book = read_book(ROOT / "mkdocs.yml")

    assert list(quotations(book)) == []
    assert [entry.item.id for entry in book.bank.entries if not entry.item.evidence] == []
