"""What a set of exam forms was made of <-> `…-record.json`, from which the same papers can be printed again.

Knows nothing of how forms are assembled or printed. A record holds no text of an item, and no path.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from handbook.bank.blueprints import Blueprint
from handbook.book import Book
from handbook.exams.forms import ExamForm, Place
from handbook.items import Item, revision
from handbook.problems import Problem, Unreadable
from handbook.reading.source import read_text
from handbook.reading.validation import Model

SUFFIX = "record.json"
FileName = Annotated[str, Field(pattern=r"^[^/\\]+$")]
"""What becomes part of the name of a file, and must not lead elsewhere."""
_PRINTED = {"title", "instructions", "minutes", "pass_percent", "parts"}


class RecordedItem(Model):
    """One item as one form shows it."""

    number: int
    id: str
    points: int
    options: tuple[str, ...]
    """Names of the options in the order shown."""
    revision: str
    """Digest of what decides the score."""
    text: str
    """Digest of all that paper and answer key print of the item, less what the key quotes of the handbook."""


class RecordedForm(Model):
    """One form, its items in the order of the paper."""

    letter: FileName
    items: tuple[RecordedItem, ...]


class Record(Model):
    """Everything that decides what the papers say."""

    id: FileName
    blueprint_id: FileName
    blueprint: Blueprint
    seed: int
    forms: tuple[RecordedForm, ...]
    bank: str
    """Digest of the bank the items were drawn from."""
    private: bool
    """Whether that is a bank outside the handbook; where it lies is not recorded."""
    commit: str | None
    """Of the handbook; ends in `+` when files differed from it, nothing without a history."""
    look: str = ""
    """Digest of the papers as they came out; the first edition did not keep it."""

    @property
    def file_name(self) -> str:
        return f"{self.blueprint_id}-{self.id}-{SUFFIX}"

    @property
    def text(self) -> str:
        """The file: keys sorted, so that two records can be compared line by line."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def printed_as(self, papers: Mapping[str, bytes]) -> "Record":
        """Return the record of papers as they came out, which does not change its id."""
        printed = (f"{name}\0{hashlib.sha256(content).hexdigest()}" for name, content in papers.items())
        return self.model_copy(update={"look": _exact(printed)})


def recorded(book: Book, forms: Sequence[ExamForm], seed: int, *, commit: str | None, private: bool = False) -> Record:
    """Return the record of forms; its id depends on what is printed, not on seed, commit or the rest of the bank."""
    first = forms[0]
    kept = tuple(
        RecordedForm(
            letter=form.letter,
            items=tuple(_recorded_item(book, place, number) for number, place in enumerate(form.places, 1)),
        )
        for form in forms
    )

    return Record(
        id=_id(first.blueprint_id, first.blueprint, kept),
        blueprint_id=first.blueprint_id,
        blueprint=first.blueprint,
        seed=seed,
        forms=kept,
        bank=_exact(item.model_dump_json() for item in sorted(book.bank.items, key=lambda item: item.id)),
        private=private,
        commit=commit,
    )


def read_record(path: Path, shown: str) -> Record:
    """Return the record in a file; raise Unreadable when it is damaged or was changed by hand."""
    text = read_text(path, shown)
    mend = "请找回原来的文件：记录由 `handbook paper` 写入，不能手改"
    try:
        record = Record.model_validate_json(text)
    except ValueError:
        raise Unreadable(Problem(shown, 1, "这不是完整的出卷记录", mend)) from None
    complete = {len(form.items) for form in record.forms} == {record.blueprint.count}
    if not complete or record.id != _id(record.blueprint_id, record.blueprint, record.forms):
        raise Unreadable(Problem(shown, 1, f"内容与记录编号 {record.id} 对不上", mend))

    return record


def basis(book: Book, section: str) -> str:
    """Return the section that answers an item as a reader looks for it: 第 9 章“投诉处理”中的“受理与登记”."""
    found = book.sections[section]
    chapter = book.chapters[found.page]

    return f"{chapter.label}“{chapter.page.title}”中的“{found.title}”"


def printed_text(book: Book, item: Item) -> str:
    """Return a digest of what is printed of an item, not of what it quotes; more than its revision, less than its file."""
    return _exact([basis(book, item.section), *(book.seen(text) for _, text in item.texts())])


def _recorded_item(book: Book, place: Place, number: int) -> RecordedItem:
    return RecordedItem(
        number=number,
        id=place.item.id,
        points=place.points,
        options=place.order,
        revision=revision(place.item, book.seen),
        text=printed_text(book, place.item),
    )


def _id(blueprint_id: str, blueprint: Blueprint, forms: Sequence[RecordedForm]) -> str:
    """Return ten hexadecimal digits, short enough to be read out over the telephone."""
    head = blueprint.model_dump_json(include=_PRINTED)
    return _exact([blueprint_id, head, *(form.model_dump_json() for form in forms)])[:10]


def _exact(texts: Iterable[str]) -> str:
    """Return a digest in which every character counts, unlike that of `digests`."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:12]
