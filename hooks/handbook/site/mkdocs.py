"""The MkDocs events: where the book meets the site. The only module that knows MkDocs."""

import logging
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from handbook.book import Book, read_book
from handbook.checks import all_problems, today
from handbook.files import fixed_moment
from handbook.pdf.freshness import FILE, sources_digest
from handbook.pdf.names import pdf_address
from handbook.problems import Failure, Problem, Refusal
from handbook.rendering import Renderer
from handbook.site import assets, proof
from handbook.site.extension import Here, PageExtension
from handbook.site.pages import Pages
from handbook.site.vendor import vendored

_NOWHERE = "https://nowhere.invalid/"
"""Stands in for the address of a site that has none; links of its 404.html begin at the root."""
_log = logging.getLogger("mkdocs.hooks.handbook")


class Site:
    """Holds the book of the build that is under way; `on_config` begins each build anew."""

    book: Book
    pages: Pages
    libraries: dict[str, str]
    here: Here
    built: dict[str, str]
    """The file of the site that each page becomes."""
    serving = False
    """Whether `mkdocs serve` runs, which shows the site without PDFs, and faulty rather than not at all."""

    def __init__(self) -> None:
        """Keep the word segmenter of the search quiet; its absence is reported by `on_config`."""
        if find_spec("jieba"):
            import_module("jieba").setLogLevel(logging.WARNING)

    def on_startup(self, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: FBT001
        """Remember which command runs."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read everything, report every problem, and refuse to go on with a faulty bank."""
        if not find_spec("jieba"):
            raise PluginError("没有安装 jieba，中文搜索会找不到两三个字的词；请运行 `make setup`。")
        try:
            fixed_moment()  # MkDocs, too, reads what it says, and has no words when it cannot
            self.book = read_book(Path(config.config_file_path or "mkdocs.yml"))
            self.libraries = vendored(self.book.settings.root, config.extra.get("polyfills", []))
            self._report(all_problems(self.book, today()))
            renderer = Renderer(self.book, Path(config.theme.custom_dir or "overrides"))
            prints = bool(self.book.settings.options.print) and not self.serving
            self.pages = Pages(self.book, renderer, offers_pdf=config.extra.get("offers_pdf", prints))
        except (Refusal, Failure) as stopped:
            raise PluginError(str(stopped)) from None
        extension = PageExtension(self.pages, lambda _: self.here)
        config.markdown_extensions.append(extension)  # type: ignore[arg-type]  # not its name, but itself
        config.nav = self.pages.exams.in_navigation(config.nav)
        config.extra["pdf"] = pdf_address() if self.pages.offers_pdf else ""  # for main.html

        return config

    def _report(self, problems: list[Problem]) -> None:
        faults = [problem for problem in problems if not problem.warning]
        if faults:
            raise PluginError("\n".join(map(str, [*faults, f"共 {len(faults)} 处问题，改好后再生成。"])))
        for problem in problems:
            _log.warning(str(problem))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Keep bank, facts and what templates need unpublished; add the files generated from them."""
        options = self.book.settings.options
        for file in list(files):
            if file.src_uri.startswith((f"{options.bank}/", "fragments/", "print/")) or file.src_uri in options.tables:
                files.remove(file)
        known = {file.src_uri: file.url for file in files}
        pages = self.pages.generated(lambda chapter: known[f"{options.chapters}/{chapter}"])
        for name, content in {**pages, **self.libraries}.items():
            files.append(File.generated(config, name, content=content))
        for name, path in assets.of_kinds().items():
            files.append(File.generated(config, name, abs_src_path=str(path)))

        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Number the chapters in the navigation; the pages of the site are known by now."""
        self.built = {file.src_uri: file.dest_uri for file in files.documentation_pages()}
        for page in nav.pages:
            if chapter := self.pages.chapter(page.file.src_uri):
                page.title = f"{chapter.number} {chapter.page.title}"

        return nav

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Say which page is about to be converted, and how links lead from it."""

        def url(path: str) -> str:
            file = files.get_file_from_path(path)
            return file.url_relative_to(page.file) if file else get_relative_url(path, page.url)

        self.here = Here(page.file.src_uri, url)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Find out which scripts and style sheets the page needs; main.html loads these and no others."""
        page.meta["scripts"] = assets.needed(html, ".js")
        page.meta["styles"] = assets.needed(html, ".css")

    @event_priority(-200)  # after the offline plugin, which writes a script yet
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Prove the site, and leave word of which sources it was built from."""
        site = Path(config.site_dir)
        faults = proof.faults(self.book, site, self.built, config.site_url or _NOWHERE)
        if not self.serving:
            self._report(faults)
        for fault in faults:
            _log.error(str(fault))
        (site / FILE).write_text(f"{sources_digest(self.book.settings)}\n", encoding="utf-8")
