"""mkdocs.yml -> where the handbook's parts lie and what it asks of itself.

Reads only the few lines the handbook needs; MkDocs reads the file for itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from handbook.content.views import Extensions, views
from handbook.problems import Problem, Unreadable
from handbook.reading.source import Document, read_yaml, shown
from handbook.reading.validation import Model, Where, validated


class Coverage(Model):
    """The least number of items wanted in each section, each chapter, and each chapter at a level."""

    per_section: int = 0
    per_chapter: int = 0
    per_level: dict[Literal["remember", "understand", "apply", "analyse"], int] = Field(default_factory=dict)


class Print(Model):
    """How the company shows itself on paper, and what is printed."""

    company: str = ""
    groups: list[str] = Field(default_factory=list)
    """Of the navigation: they follow the chapters in the PDF."""
    logo: str = ""
    """A PNG or JPEG file under the docs folder."""
    colour: str = Field(default="#000000", pattern="^#[0-9a-fA-F]{6}$")
    scope: str = ""
    """For whom and for what the handbook is, in a sentence for the cover."""
    edition: str = ""
    """What this edition is called, such as 2026 年第 2 版."""
    paper_head: list[str] = Field(default_factory=lambda: ["考场", "考试日期", "出卷", "审核"])
    """What is filled in by hand at the head of an exam paper."""
    paper_seal: list[str] = Field(default_factory=lambda: ["部门", "姓名", "工号", "座位号"])
    """What candidates fill in within the seal line, which markers do not see."""


class Review(Model):
    """What is asked of those who review items."""

    second_reader: bool = False
    """Whether two people must have read an item that rests on a time limit or an amount of the law."""
    not_author: bool = False
    """Whether nobody may review what they wrote themselves, as git knows it."""


class Options(Model):
    """`extra.handbook` in mkdocs.yml; folders and files are relative to the docs folder."""

    chapters: str = "chapters"
    bank: str = "bank"
    facts: str = "facts.yml"
    glossary: str = "glossary.yml"
    laws: str = "laws.yml"
    card: str = "pocket-card.yml"
    facts_page: str = "appendix/time-limits.md"
    exams_page: str = "exam/index.md"
    """The page that lists the mock exams; their own pages are generated beside it."""
    quiz_title: str = "本章自测"
    coverage: Coverage = Coverage()
    review: Review = Review()
    print: Print | None = None
    """Without it the site offers no PDF."""
    sources: dict[str, list[int]] = Field(default_factory=dict)
    """Exams the bank must stand for: how many questions each part of each has."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The files of tables, which are no part of the site."""
        return self.facts, self.glossary, self.laws, self.card


@dataclass(frozen=True)
class Settings:
    """The project's root and docs folder, the options, and what else mkdocs.yml says."""

    root: Path
    docs: Path
    options: Options
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Where the navigation names each page, in its order: file and line."""
    unlisted: str = ""
    """Patterns of pages that the navigation need not name."""
    unpublished: str = ""
    """Patterns of files that are no part of the site."""
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The pages of each group at the top of the navigation, by its title."""
    extensions: Extensions = ()
    """Of Markdown, beside those that MkDocs always has."""
    title: str = ""
    notice: str = ""
    """What the site says of its licence."""
    templates: Path = Path("overrides")
    site: Path = Path("site")
    """Where MkDocs builds the site."""
    files: tuple[Path, ...] = ()
    """The configuration, and those that it builds upon."""
    private: Path | None = None
    """A folder of secret items that stands in for the bank."""

    @property
    def bank(self) -> Path:
        return self.private or self.docs / self.options.bank

    @property
    def blueprints(self) -> Path:
        return self.bank / "blueprints"

    @property
    def lock(self) -> Path:
        return self.bank / "sync.lock"

    @property
    def reviewed(self) -> Path:
        """The texts that were reviewed, by digest."""
        return self.bank / "reviewed.jsonl"

    @property
    def review_log(self) -> Path:
        return self.bank / "review-log.jsonl"

    @property
    def records(self) -> tuple[Path, Path, Path]:
        """What `handbook sync` writes."""
        return self.lock, self.reviewed, self.review_log

    @property
    def facts(self) -> Path:
        return self.docs / self.options.facts

    @property
    def glossary(self) -> Path:
        return self.docs / self.options.glossary

    @property
    def laws(self) -> Path:
        return self.docs / self.options.laws

    @property
    def card(self) -> Path:
        return self.docs / self.options.card

    def chapter_path(self, name: str) -> str:
        """Return the path of a chapter ("claims.md") relative to the project's root."""
        return self.shown(self.docs / self.options.chapters / name)

    def shown(self, path: Path) -> str:
        """Return how messages name a file: relative to the project's root."""
        return shown(path, self.root)


def read_settings(config_file: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings and what is wrong with them; raise Unreadable when mkdocs.yml cannot be used."""
    root = config_file.resolve().parent
    document, files = _inherited(config_file, root, ())
    data = document.data
    options: Options | None = Options()
    if isinstance(data.get("extra"), dict) and "handbook" in data["extra"]:
        options = validated(Options, document, ("extra", "handbook"), "extra.handbook ")
    theme = data.get("theme")
    settings = Settings(
        root,
        root / _folder(data, "docs_dir", "docs"),
        options or Options(),
        _places(document),
        str(data.get("not_in_nav") or ""),
        str(data.get("exclude_docs") or ""),
        groups=_groups(data.get("nav")),
        extensions=_extensions(document),
        title=str(data.get("site_name", "")),
        notice=str(data.get("copyright", "")),
        templates=root / _folder(theme, "custom_dir", "overrides"),
        site=root / _folder(data, "site_dir", "site"),
        files=files,
    )
    if not settings.docs.is_dir():
        what = f"没有 '{settings.shown(settings.docs)}' 这个文件夹"
        document.note(("docs_dir",), what, "请改正 docs_dir，或建好文件夹")

    return settings, document.problems


def _inherited(path: Path, root: Path, over: tuple[Path, ...]) -> tuple[Document, tuple[Path, ...]]:
    """Return a configuration laid over those that it builds upon, as MkDocs does, and all their files."""
    document = read_yaml(path, shown(path.resolve(), root), foreign_tags=True)
    if not isinstance(document.data, dict):
        raise Unreadable(Problem(document.path, 1, "文件应当由“字段: 内容”组成", "请对照 MkDocs 的说明改写"))
    files = (*over, path.resolve())
    if "INHERIT" not in document.data:
        return document, files
    name = document.data["INHERIT"]
    base = path.parent / name if isinstance(name, str) else None
    if not base or not base.is_file():
        raise Unreadable(document.problem(("INHERIT",), f"INHERIT 所指的文件 '{name}' 不存在", "请改正文件名"))
    if base.resolve() in files:
        raise Unreadable(document.problem(("INHERIT",), f"INHERIT 绕了一圈，又回到 '{name}'", "请删掉其中一处 INHERIT"))
    below, files = _inherited(base, root, files)

    return document.over(below), files


def _folder(fields: Any, name: str, usual: str) -> str:
    """Return a folder, or its usual place when none is written."""
    written = fields.get(name) if isinstance(fields, dict) else None
    return written if isinstance(written, str) else usual


def _pages(nav: Any) -> Iterator[tuple[str, Where]]:
    """Yield the pages of a navigation in order, each with its place there."""
    if isinstance(nav, str) and nav.endswith(".md"):
        yield nav, ()
    inner = nav.items() if isinstance(nav, dict) else enumerate(nav) if isinstance(nav, list) else ()
    for step, entry in inner:
        yield from ((page, (step, *where)) for page, where in _pages(entry))


def _places(document: Document) -> dict[str, tuple[str, int]]:
    """Return where the navigation first names each page, in its order."""
    found: dict[str, tuple[str, int]] = {}
    for page, where in _pages(document.data.get("nav")):
        found.setdefault(page, document.place(("nav", *where)))

    return found


def _groups(nav: Any) -> dict[str, tuple[str, ...]]:
    """Return the groups at the top of a navigation with their pages."""
    entries = [entry for entry in nav if isinstance(entry, dict)] if isinstance(nav, list) else []

    return {str(title): tuple(page for page, _ in _pages(inner)) for entry in entries for title, inner in entry.items()}


def _extensions(document: Document) -> Extensions:
    """Return the extensions of a configuration that can be used; note the others."""
    found: list[tuple[str, str]] = []
    for where, name, config in _asked_for(document.data.get("markdown_extensions")):
        extension = (name, json.dumps(_given(config) or {}, default=str))
        try:
            views("", (extension,))
        except (ImportError, AttributeError, KeyError, TypeError, ValueError):
            what, mend = f"Markdown 扩展 '{name}' 没有装好，或者它的设置不对", "请改正，或运行 `make setup`"
            document.note(("markdown_extensions", *where), what, mend)
        else:
            found.append(extension)

    return tuple(found)


def _asked_for(written: Any) -> Iterator[tuple[Where, str, Any]]:
    """Yield place, name and settings of extensions, which are listed or mapped to their settings."""
    for number, entry in enumerate(written if isinstance(written, list) else ()):
        pairs = entry.items() if isinstance(entry, dict) else [(entry, None)]
        yield from (((number,), str(name), config) for name, config in pairs)
    for name, config in written.items() if isinstance(written, dict) else ():
        yield (name,), str(name), config


def _given(config: Any) -> Any:
    """Return settings without those that only MkDocs can make."""
    if isinstance(config, dict):
        return {name: _given(value) for name, value in config.items() if value is not None}
    return [_given(value) for value in config if value is not None] if isinstance(config, list) else config
