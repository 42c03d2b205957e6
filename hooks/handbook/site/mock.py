"""Blueprints and their forms -> the mock exam: a page for each blueprint that holds all it needs, and cards that lead there.

Works on text; knows nothing of MkDocs or of how forms come about.
"""

from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any

from markupsafe import Markup

from handbook.bank.blueprints import PartPlan
from handbook.book import Book
from handbook.exams.assembly import mock_forms
from handbook.exams.forms import ExamForm, Place
from handbook.items import TYPES, Choice, Essay, Item, revision
from handbook.papers.paper import numeral
from handbook.rendering import Address, Renderer

_HINTS = {
    "single": "每题选一项。",
    "multiple": "可选多项，全部选对才得分。",
    "multiple partial": "可选多项，选对一部分得一部分分，有一项选错就不得分。",
    "true_false": "判断每句话正确还是错误。",
    "short_answer": "用自己的话作答，每题最多 1000 字；交卷以后对照采分点自评。",
    "scenario": "先读材料，再写出你的做法，每题最多 1000 字；交卷以后对照采分点自评。",
}
_assembled: dict[str, tuple[object, list[ExamForm]]] = {}


class MockExams:
    """The mock exams of one book; addresses are given per page by the caller.

    There are none without the page that lists them. Raise what `mock_forms` raises when the bank cannot give the forms.
    """

    def __init__(self, book: Book, renderer: Renderer) -> None:
        self.book = book
        self.renderer = renderer
        listed = book.settings.options.exams_page in book.pages
        self._forms = {name: _forms(book, name) for name in book.blueprints} if listed else {}

    @property
    def pages(self) -> dict[str, str]:
        """The pages that no author writes, by their path under the docs folder."""
        return {
            self.book.exam_page(name): self.renderer.fragment(
                "exam/page", exam=name, blueprint=self.book.blueprints[name]
            )
            for name in self._forms
        }

    def in_navigation(self, nav: Any) -> Any:
        """Return a navigation with the generated pages right after the page that lists them."""
        if isinstance(nav, dict):
            return {title: self.in_navigation(inner) for title, inner in nav.items()}
        if not isinstance(nav, list):
            return nav
        listed = self.book.settings.options.exams_page
        here = next((n for n, entry in enumerate(nav, 1) if listed in (entry, *_targets(entry))), None)
        inner = [self.in_navigation(entry) for entry in nav]

        return [*inner[:here], *self.pages, *inner[here:]] if here else inner

    def cards(self, address: Address) -> Markup:
        """Return the list of exams, each with its size and a place for the reader's own results."""
        cards = [
            {"name": name, "url": address(self.book.exam_page(name)), "blueprint": self.book.blueprints[name]}
            for name in self._forms
        ]
        return self.renderer.fragment("exam/cards", cards=cards)

    def exam(self, name: str, address: Address) -> Markup:
        """Return one exam: start screen, forms as JSON, and each item they use once, in a template."""
        forms, blueprint = self._forms[name], self.book.blueprints[name]
        used = {place.item.id: place for form in forms for place in form.places}
        places = [used[entry.item.id] for entry in self.book.bank.entries if entry.item.id in used]
        parts = [_part(number, plan) for number, plan in enumerate(blueprint.parts, 1)]
        contents = {
            "minutes": blueprint.minutes,
            "pass": blueprint.pass_percent,
            "parts": parts,
            "chapters": [
                {"title": chapter.heading, "url": address(page)} for page, chapter in self.book.chapters.items()
            ],
            "forms": [_compact(form) for form in forms],
        }

        return self.renderer.fragment(
            "exam/exam",
            exam=name,
            blueprint=blueprint,
            parts=parts,
            essays=any(isinstance(place.item, Essay) for place in places),
            contents=contents,
            items=[self._item(place, address) for place in places],
            chapters=[(chapter, address(page)) for page, chapter in self.book.chapters.items()],
            url=address,
        )

    def _item(self, place: Place, address: Address) -> Markup:
        item = place.item
        chapter = self.book.chapters[item.section.partition("#")[0]]

        return self.renderer.fragment(
            "exam/choice" if isinstance(item, Choice) else "exam/essay",
            item=item,
            place=place,
            type_label=TYPES[item.type],
            letters=item.type != "true_false",
            revision=revision(item, self.book.seen),
            chapter=chapter.number - 1,
            section_url=address(item.section),
            section_label=self.book.section_label(item.section),
            url=address,
        )


def _forms(book: Book, name: str) -> list[ExamForm]:
    """Return the forms, assembled anew only if what they are made of has changed since: `make serve` builds often."""
    inputs = (book.blueprints[name], tuple(book.bank.items), tuple(book.chapter_stems))
    if name not in _assembled or _assembled[name][0] != inputs:
        _assembled[name] = (inputs, mock_forms(book, name))

    return _assembled[name][1]


def _part(number: int, plan: PartPlan) -> dict[str, object]:
    """Return what start screen and scripts say of a part."""
    return {
        "title": f"{numeral(number)}、{TYPES[plan.type]}",
        "count": plan.count,
        "points": plan.points,
        "scoring": plan.scoring,
        "hint": _HINTS.get(f"{plan.type} {plan.scoring}") or _HINTS[plan.type],
    }


def _targets(entry: Any) -> Sequence[Any]:
    return tuple(entry.values()) if isinstance(entry, dict) else ()


def _compact(form: ExamForm) -> dict[str, object]:
    """Return a form as parts of `[id, order]`, the order as letters of the options in the bank's own order."""
    parts = [[[place.item.id, _order(place.item, place.order)] for place in part.places] for part in form.parts]
    return {"letter": form.letter, "parts": parts}


def _order(item: Item, order: tuple[str, ...]) -> str:
    names = [option.name for option in item.options] if isinstance(item, Choice) else []
    return "".join(ascii_uppercase[names.index(name)] for name in order)
