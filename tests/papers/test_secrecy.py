"""What a candidate gets does not give the answers away: not in words, not in metadata, not in how it looks."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from lxml import etree
from tests.papers.conftest import members, pages, squeezed

from handbook.items.choice import Choice
from handbook.items.true_false import TrueFalse
from handbook.papers.documents import answer_sheet_document, paper_document
from handbook.papers.paper import paper
from handbook.papers.sheets import answer_sheet

CANDIDATE = ["试卷.pdf", "试卷.docx", "答题卡.pdf", "答题卡.docx"]


def everything(name, content):
    """Return all the text that a curious candidate can get out of a file."""
    if name.endswith(".docx"):
        parts = members(content)
        roots = [etree.fromstring(part) for part in parts.values()]
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


def test_other_keys_and_rationales_give_the_same_bytes(form, to_pdf, renderer, files):
    """The strongest proof: nothing that is the marker's business has any influence on the candidate's files."""
    other = replace(form, parts=tuple(replace(part, places=tuple(map(turned, part.places))) for part in form.parts))
    record = re.search("记录 ([0-9a-f]{10})", pages(files["试卷.pdf"])[0])[1]
    questions, sheet = paper(other, record, renderer.plain), answer_sheet(other, record)

    assert [place.item for place in other.places] != [place.item for place in form.places]
    assert paper_document(questions) == files["试卷.docx"]
    assert answer_sheet_document(sheet) == files["答题卡.docx"]
    assert to_pdf("paper", paper=questions) == files["试卷.pdf"]
    assert to_pdf("answer-sheet", sheet=sheet) == files["答题卡.pdf"]


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


def test_options_look_alike_whether_key_or_not(files):
    root = etree.fromstring(members(files["试卷.docx"])["word/document.xml"])
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    looks = set()
    for paragraph in root.iter(f"{w}p"):
        style = paragraph.find(f"{w}pPr/{w}pStyle")
        if style is not None and style.get(f"{w}val").startswith("选项"):
            looks |= {etree.tostring(one) for one in paragraph.iter(f"{w}rPr")}

    assert len(looks) == 1


def test_judgements_are_offered_in_one_order(form):
    boxes = {boxes for part in answer_sheet(form, "0").parts[2:] for block in part.blocks for _, boxes in block}

    assert any(isinstance(place.item, TrueFalse) for place in form.places)
    assert boxes == {("√", "×")}


@pytest.mark.parametrize("name", ["试卷.docx", "答题卡.docx", "答案与评分标准.docx"])
def test_a_word_document_names_itself_and_nobody_else(files, name):
    parts = members(files[name])
    core = {element.tag.rpartition("}")[2]: element.text for element in etree.fromstring(parts["docProps/core.xml"])}

    assert {key: value for key, value in core.items() if value} == {
        "title": f"客户问题解答流程考核（A 卷）{name.removesuffix('.docx')}",
        "language": "zh-CN",
    }
    assert [part for part in parts if re.search("custom|comment|thumbnail|people", part, re.IGNORECASE)] == []


@pytest.mark.parametrize("name", ["试卷.pdf", "答题卡.pdf", "答案与评分标准.pdf"])
def test_a_pdf_names_itself_and_nobody_else(files, name):
    with pikepdf.open(io.BytesIO(files[name])) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        attached = list(pdf.attachments)

    assert info.keys() <= {"/Title", "/Producer", "/Creator"}
    assert info["/Title"] == f"客户问题解答流程考核（A 卷）{name.removesuffix('.pdf')}"
    assert attached == []
