"""Book -> the mistakes notebook, the progress page, and the table of items that their scripts count by.

What a reader has done is known to the browser alone; this gives it every item once, and the denominators.
"""

import json

from markupsafe import Markup

from handbook.book import Book
from handbook.items import revision
from handbook.rendering import Address, Renderer

SCRIPT = "assets/progress/chapters.js"
NOTEBOOK = "exam/mistakes.md"


def chapters_script(book: Book, url: Address) -> str:
    """Return the script that names each chapter's items with their revisions, and items that had other ids before.

    `url` is seen from the site's root.
    """
    chapters = [
        {
            "name": chapter.stem,
            "label": chapter.label,
            "url": url(name),
            "items": {entry.item.id: revision(entry.item, book.seen) for entry in book.items_of(name)},
        }
        for name, chapter in book.chapters.items()
    ]
    renamed = {before: entry.item.id for before, entry in book.bank.former.items()}
    table, ids = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in (chapters, renamed))

    return f"window.handbook = {{ ...window.handbook, chapters: {table}, renamed: {ids} }};\n"


def notebook(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return every item of the bank, folded into templates by chapter, for the script to choose from."""
    groups = [
        (chapter, [(e.item.id, renderer.item(e.item, n, address)) for n, e in enumerate(book.items_of(name), 1)])
        for name, chapter in book.chapters.items()
    ]

    return renderer.fragment("learning/notebook", groups=groups, url=address)


def progress(book: Book, renderer: Renderer, address: Address) -> Markup:
    """Return the table of chapters with empty cells for what the reader has done, and what belongs to it."""
    rows = [(chapter, [entry.item for entry in book.items_of(name)]) for name, chapter in book.chapters.items()]
    pages = (NOTEBOOK, book.settings.options.exams_page)
    notebook_url, exams_url = (address(name) if name in book.pages else "" for name in pages)

    return renderer.fragment("learning/progress", rows=rows, notebook=notebook_url, mock_exam=exams_url, url=address)
