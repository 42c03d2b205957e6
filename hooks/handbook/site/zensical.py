"""A book under Zensical, which runs no hooks: the extension that it loads by name, and the folder that it builds.

Knows of Zensical only where it keeps the page that is being converted, and that it resolves links itself.
"""

import json
import posixpath
import shutil
from functools import cache
from pathlib import Path

from markdown import Markdown

from handbook.book import read_book
from handbook.checks import refuse_faulty
from handbook.files import write_whole
from handbook.reading.source import read_yaml
from handbook.rendering import Renderer
from handbook.site import assets
from handbook.site.extension import Here, PageExtension
from handbook.site.pages import Pages


def makeExtension(config: str) -> PageExtension:  # noqa: N802 -- Markdown looks for this name
    """Return the extension for the book of a mkdocs.yml."""
    return PageExtension(_pages(Path(config)), _here)


@cache
def _pages(config: Path) -> Pages:
    """Return the pages of a book, read once: Zensical asks for the extension at every page. Raises Refusal."""
    book = read_book(config)
    refuse_faulty(book)

    return Pages(book, Renderer(book, book.settings.templates))


def _here(md: Markdown) -> Here:
    """Return the page that Zensical has told its own extension of; links lead from file to file, for it resolves them."""
    page = md.preprocessors["rendering_context"].page  # type: ignore[attr-defined]
    return Here(page.path, lambda path: posixpath.relpath(path, posixpath.dirname(page.path) or "."))


def write_folder(config: Path, folder: Path) -> None:
    """Write a new folder with all pages, also those that no author writes, and a configuration for Zensical.

    Raises Refusal when the book is faulty.
    """
    pages = _pages(config)
    settings, options = pages.book.settings, pages.book.settings.options
    kept_back = shutil.ignore_patterns(options.bank, *options.tables)
    shutil.copytree(settings.docs, folder / "docs", ignore=kept_back)
    for path, content in pages.generated(lambda name: f"{options.chapters}/{name.removesuffix('.md')}/").items():
        write_whole(folder / "docs" / path, content.encode())
    for path, beside in assets.of_kinds().items():
        write_whole(folder / "docs" / path, beside.read_bytes())
    own_styles = read_yaml(config, config.name, foreign_tags=True).data.get("extra_css", [])
    differences = {
        "INHERIT": str(config.resolve()),
        "docs_dir": "docs",
        "theme": {"custom_dir": None},  # whose blocks are those of another theme
        "markdown_extensions": [{__name__: {"config": str(config.resolve())}}],
        "extra_css": [*own_styles, *(f"assets/{style}" for style in assets.needed(None, ".css"))],
        "extra_javascript": [{"path": f"assets/{script}", "defer": True} for script in assets.needed(None, ".js")],
    }
    write_whole(folder / "mkdocs.yml", json.dumps(differences, indent=2).encode())  # YAML reads JSON
