"""Blueprints and their forms -> the mock exam: a page for each blueprint that holds all it needs, and cards that lead there.

Works on text; knows nothing of MkDocs or of how forms come about.
"""

from string import ascii_uppercase
from typing import Any

from markupsafe import Markup

from handbook.bank.blueprints import PartPlan
from handbook.book import Book
from handbook.exams.assembly import mock_forms
from handbook.exams.forms import ExamForm, Place
from handbook.items import MODELS, TYPES
from handbook.papers.heads import numeral
from handbook.rendering import Address, Renderer

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
        found: list[Any] = []
        for entry in nav:
            found.append(self.in_navigation(entry))
            if listed in (entry.values() if isinstance(entry, dict) else [entry]):
                found += self.pages

        return found

    def cards(self, address: Address) -> Markup:
        """Return the list of exams, each with its size and a place for the reader's own results."""
        cards = [(name, self.book.blueprints[name], address(self.book.exam_page(name))) for name in self._forms]
        return self.renderer.fragment("exam/cards", cards=cards)

    def exam(self, name: str, address: Address) -> Markup:
        """Return one exam: start screen, forms as JSON, and each item they use once, in a template."""
        forms, blueprint, chapters = self._forms[name], self.book.blueprints[name], self.book.chapters
        used = {place.item.id: place for form in forms for place in form.places}
        places = [used[entry.item.id] for entry in self.book.bank.entries if entry.item.id in used]
        contents = {
            "minutes": blueprint.minutes,
            "pass": blueprint.pass_percent,
            "parts": [_part(number, plan) for number, plan in enumerate(blueprint.parts, 1)],
            "chapters": [{"title": chapter.heading, "url": address(page)} for page, chapter in chapters.items()],
            "forms": [_compact(form) for form in forms],
        }

        return self.renderer.fragment(
            "exam/exam",
            exam=name,
            blueprint=blueprint,
            essays=any(place.item.self_assessed for place in places),
            contents=contents,
            items=[self._item(place, address) for place in places],
            quizzes=[(chapters[page].heading, address(f"{page}#quiz")) for page in chapters if self.book.quiz_of(page)],
            url=address,
        )

    def _item(self, place: Place, address: Address) -> Markup:
        chapter = self.book.chapters[place.item.chapter]
        return self.renderer.item(place.item, 0, address, "exam/item", place=place, chapter=chapter.number - 1)


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
        "hint": MODELS[plan.type].saying(plan.scoring).exam,
    }


def _compact(form: ExamForm) -> dict[str, object]:
    """Return a form as parts of `[id, order]`, the order as letters of what the item offers in the bank's own."""
    parts = [[[place.item.id, _letters(place)] for place in part.places] for part in form.parts]
    return {"letter": form.letter, "parts": parts}


def _letters(place: Place) -> str:
    names = [one.name for one in place.item.offered()]
    return "".join(ascii_uppercase[names.index(name)] for name in place.order)
