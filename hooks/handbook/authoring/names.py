"""One name of a handbook that becomes another -> what it makes of each name that is met. Knows nothing of files."""

import posixpath
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from handbook.reading.markup import Marker

Kind = Literal["chapter", "section", "item"]


@dataclass(frozen=True)
class Renaming:
    """A chapter (`claims.md`), a section (`claims.md#documents`) or an item that gets another name.

    `folder` is where chapters lie under the docs folder.
    """

    kind: Kind
    old: str
    new: str
    folder: str = "chapters"

    def section(self, name: str) -> str:
        """Return what a section is called now."""
        page, _, anchor = name.partition("#")
        if self.kind == "chapter" and page == self.old:
            return f"{self.new}#{anchor}"
        return self.new if self.kind == "section" and name == self.old else name

    def item(self, name: str) -> str:
        """Return what an item is called now."""
        return self.new if self.kind == "item" and name == self.old else name

    def stem(self, name: str) -> str:
        """Return how blueprints name a chapter now."""
        return self.page(f"{name}.md").removesuffix(".md")

    def page(self, name: str) -> str:
        """Return what the file of a chapter is called now."""
        return self.new if self.kind == "chapter" and name == self.old else name

    def listed(self, path: str) -> str:
        """Return the path of a page under the docs folder now."""
        inside = path.removeprefix(f"{self.folder}/")
        return path if inside == path else f"{self.folder}/{self.page(inside)}"

    def key(self, kind: str, name: str) -> str:
        """Return the name of a thing that an item rests on, as stamps and reviews have it."""
        section, mark, rest = name.partition("~")
        return f"{self.section(section)}{mark}{rest}" if kind in ("section", "intro", "linked", "evidence") else name

    def target(self, target: str, source: str) -> str:
        """Return where a link on the page `source` leads now; its path stays as it is written, but for the last name."""
        path, mark, anchor = target.partition("#")
        file, question, query = path.partition("?")
        page = posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(file))) if file else source
        if page.startswith(f"{self.folder}/"):
            name = f"{page.removeprefix(f'{self.folder}/')}#{unquote(anchor)}"
            now, _, now_anchor = self.section(name).partition("#")
            file = (
                f"{file[: file.rfind('/') + 1]}{posixpath.basename(now)}"
                if file and self.section(name) != name
                else file
            )
            anchor = now_anchor if self.section(name) != name else anchor
        if anchor.startswith("item-"):
            anchor = f"item-{self.item(anchor.removeprefix('item-'))}"

        return f"{file}{question}{query}{mark}{anchor}"

    def placed(self, marker: Marker) -> bool:
        """Tell whether a marker places the item that gets another name."""
        return self.kind == "item" and marker.name == "quiz" and self.old in marker.ids
