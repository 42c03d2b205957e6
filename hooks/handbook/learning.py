"""Book -> the mistakes notebook, the progress page, and the table of items that their scripts count by.

What a reader has done is known to the browser alone; this gives it every item once, and the denominators.
"""

import json
from collections.abc import Callable

from markupsafe import Markup

from handbook.book import Book
from handbook.items import Choice, revision
from handbook.rendering import Renderer

SCRIPT = "assets/progress/chapters.js"
NOTEBOOK = "exam/mistakes.md"
MOCK_EXAM = "exam/index.md"


def chapters_script(book: Book, url: Callable[[str], str]) -> str:
    """Return the script that names each chapter's items with their revisions; `url` is seen from the site's root."""
    chapters = [
        {
            "name": _stem(name),
            "label": chapter.label,
            "url": url(name),
            "items": {entry.item.id: revision(entry.item, book.seen) for entry in book.items_of(name)},
        }
        for name, chapter in book.chapters.items()
    ]
    table = json.dumps(chapters, ensure_ascii=False, separators=(",", ":"))

    return f"window.handbook = {{ ...window.handbook, chapters: {table} }};\n"


def notebook(book: Book, renderer: Renderer, address: Callable[[str], str]) -> Markup:
    """Return every item of the bank, folded into templates by chapter, for the script to choose from."""
    groups = [
        {
            "name": _stem(name),
            "title": f"{chapter.label} {chapter.page.title}",
            "url": address(name),
            "items": [
                (entry.item.id, renderer.item(entry.item, number, address))
                for number, entry in enumerate(book.items_of(name), 1)
            ],
        }
        for name, chapter in book.chapters.items()
    ]

    return renderer.fragment("learning/notebook", groups=groups)


def progress(book: Book, renderer: Renderer, address: Callable[[str], str]) -> Markup:
    """Return the table of chapters with empty cells for what the reader has done, and what belongs to it."""
    rows = [
        {
            "name": _stem(name),
            "label": chapter.label,
            "title": chapter.page.title,
            "url": address(name),
            "total": len(book.items_of(name)),
            "choices": sum(isinstance(entry.item, Choice) for entry in book.items_of(name)),
        }
        for name, chapter in book.chapters.items()
    ]
    urls = {name: address(name) if name in book.pages else "" for name in (NOTEBOOK, MOCK_EXAM)}

    return renderer.fragment("learning/progress", rows=rows, notebook=urls[NOTEBOOK], mock_exam=urls[MOCK_EXAM])


def _stem(name: str) -> str:
    return name.removesuffix(".md")
