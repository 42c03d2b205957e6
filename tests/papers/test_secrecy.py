"""What a candidate gets does not give the answers away: not in words, not in metadata, not in how it looks."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
import segno
from lxml import etree
from tests.papers.conftest import headed, members, pages, squeezed, text_of, within

from handbook.items.choice import Choice
from handbook.items.true_false import TrueFalse
from handbook.papers.issuing import documents
from handbook.papers.sheets import answer_sheet
from handbook.press.tree import Marks, Options, Picture

FOR_CANDIDATES = ["试卷", "试卷-A3", "答题卡"]
CANDIDATE = [f"{kind}.{ending}" for kind in FOR_CANDIDATES for ending in ("pdf", "docx")]


def everything(name, content):
    """Return all the text that a curious candidate can get out of a file."""
    if name.endswith(".docx"):
        parts = members(content)
        roots = [etree.fromstring(part) for name, part in parts.items() if not name.endswith(".png")]
        values = (
            value for root in roots for element in root.iter() for value in (element.text, *element.attrib.values())
        )
        return squeezed("".join([*parts, *(value or "" for value in values)]))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        objects = [repr(one) for one in pdf.objects if not isinstance(one, pikepdf.Stream)]
    hidden = b"".join(streams).decode("utf-8", "replace") + "".join(objects)

    return squeezed("".join(pages(content)) + hidden)


@pytest.mark.parametrize("name", CANDIDATE)
def test_no_id_rationale_model_answer_or_criterion_is_in_it(files, form, book, name):
    found = everything(name, files[name])
    secrets = [place.item.id for place in form.places]
    for place in form.places:
        secrets += [option.rationale for option in place.offered]
        secrets += [criterion.criterion for criterion, _ in place.criteria]
        secrets += [place.item.section, *(option.name for option in place.offered if option.name != option.text)]

    assert form.blueprint.title in found
    assert [secret for secret in secrets if squeezed(book.seen(secret)) in found] == []


@pytest.mark.parametrize("name", CANDIDATE)
def test_it_says_neither_key_nor_answer(files, name):
    found = everything(name, files[name]).replace("答题", "").replace("独立作答", "")

    assert re.findall("答案|解析|rationale|distractor|answer-key", found) == []


def test_other_keys_and_rationales_give_the_same_document(book, form, trees, record):
    """The strongest proof: nothing that is the marker's business has any influence on the candidate's files."""
    other = replace(form, parts=tuple(replace(part, places=tuple(map(turned, part.places))) for part in form.parts))

    assert [place.item for place in other.places] != [place.item for place in form.places]
    for kind, document in zip(FOR_CANDIDATES, documents(book, other, record.id), strict=False):
        assert document == trees[kind]


def turned(place):
    """Return the place with all keys exchanged for distractors, and other words in all that candidates may not see."""
    item = place.item
    if isinstance(item, Choice):
        options = [
            one.model_copy(update={"key": not one.key, "rationale": "别的理由", "id": one.name}) for one in item.options
        ]
        changed = {"options": tuple(options)}
    else:
        rubric = tuple(one.model_copy(update={"criterion": f"别的采分点 {n}"}) for n, one in enumerate(item.rubric))
        changed = {"rubric": rubric, "model_answer": "别的答案"}

    return replace(
        place,
        item=item.model_copy(update={**changed, "id": "other-item", "section": "claims.md#deadlines", "evidence": ()}),
    )


def test_options_look_alike_whether_key_or_not(trees):
    options = list(within(trees["试卷"].blocks, Options))

    assert len(options) > 10
    assert {(run.strong, run.style) for one in options for _, runs in one.entries for run in runs} == {(False, "")}


def test_judgements_are_offered_in_one_order(form):
    judged = [place.item for place in form.places if isinstance(place.item, TrueFalse)]
    rows = [row for marks in within(answer_sheet(headed(form)).blocks, Marks) for row in marks.rows]
    boxes = [tuple(mark.text for mark in row[1:] if mark) for row in rows if within_judged(row)]

    assert boxes == [("√", "×")] * len(judged)


def within_judged(row):
    return any(mark and mark.text == "√" for mark in row)


def test_the_code_of_a_sheet_says_what_stands_below_it(trees):
    """A picture is what nobody reads: it may hold nothing but the words beside it."""
    (picture,) = within(trees["答题卡"].blocks, Picture)
    code = picture.alt.removeprefix("二维码：")

    assert code in text_of(trees["答题卡"].blocks)
    assert picture.content == _qr(code)
    assert [*within(trees["试卷"].blocks, Picture)] == []


def _qr(code):
    written = io.BytesIO()
    segno.make(code, error="m", micro=False).save(written, kind="png", scale=8, border=2)
    return written.getvalue()


@pytest.mark.parametrize("name", ["试卷.docx", "试卷-A3.docx", "答题卡.docx", "答案与评分标准.docx"])
def test_a_word_document_names_itself_and_nobody_else(files, name):
    parts = members(files[name])
    core = {element.tag.rpartition("}")[2]: element.text for element in etree.fromstring(parts["docProps/core.xml"])}

    assert {key: value for key, value in core.items() if value} == {
        "title": f"客户问题解答流程考核（A 卷）{_kind(name)}",
        "language": "zh-CN",
    }
    assert [part for part in parts if re.search("custom|comment|thumbnail|people", part, re.IGNORECASE)] == []


@pytest.mark.parametrize("name", ["试卷.pdf", "试卷-A3.pdf", "答题卡.pdf", "答案与评分标准.pdf"])
def test_a_pdf_names_itself_and_nobody_else(files, name):
    with pikepdf.open(io.BytesIO(files[name])) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        attached = list(pdf.attachments)

    assert info.keys() <= {"/Title", "/Author", "/Producer", "/Creator"}
    assert info["/Author"] == "示例人寿保险股份有限公司"
    assert info["/Title"] == f"客户问题解答流程考核（A 卷）{_kind(name)}"
    assert attached == []


def _kind(name):
    return name.partition(".")[0].removesuffix("-A3")
