"""Built sites behind one local server, and a Chromium that fails the test when a page complains or phones out."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).parent / "site"
EXAM_PAGES = ("docs/exam/index.md", "docs/exam/mistakes.md", "docs/exam/progress.md")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PATIENCE = 30_000
"""Milliseconds that a test waits for what must come; a busy machine may need many, and none that passes waits in vain."""
expect.set_options(timeout=PATIENCE)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BLOCKED = (
    """Object.defineProperty(window, "localStorage", {get() { throw new DOMException("denied", "SecurityError"); }})"""
)
FILL_STORAGE = """() => {
  for (let size = 2 ** 22, n = 0; size >= 1; ) {
    try { localStorage.setItem(`filler-${n++}`, "x".repeat(size)); } catch { size = Math.floor(size / 2); }
  }
}"""


def complaints_of_axe(page: Page, *within: str, passing: int = 15) -> list[str]:
    """Return what axe finds wrong in the page, or only in what these selectors name.

    More than `passing` of its rules must have found something to look at, or it was not the page that was meant.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "([within, values]) => axe.run(within.length ? {include: within} : document, {runOnly: {type: 'tag', values}})",
        [within, AXE_TAGS],
    )
    assert len(found["passes"]) > passing

    return [f"{fault['id']}: {node['html']}" for fault in found["violations"] for node in fault["nodes"]]


def build(project: Path, site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "-f", str(project / "mkdocs.yml"), "-d", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def lay_out(project: Path, change: Callable[[str], str] = str) -> Path:
    """Copy the sample beside links to what it shares with the handbook, with its items changed."""
    shutil.copytree(SAMPLE, project)
    (project / "docs/exam").mkdir()
    for name in ("overrides", "hooks", "docs/assets", *EXAM_PAGES):
        (project / name).symlink_to(ROOT / name)
    bank = project / "docs/bank/sample.yml"
    bank.write_text(change(bank.read_text(encoding="utf-8")), encoding="utf-8")

    return project


@pytest.fixture(scope="session")
def sites(tmp_path_factory) -> Path:
    """The folder that is served; fixtures build their sites into it."""
    return tmp_path_factory.mktemp("sites")


@pytest.fixture(scope="session")
def origin(sites) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=sites))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def handbook(sites, origin) -> str:
    """The real handbook."""
    build(ROOT, sites / "handbook")
    return f"{origin}/handbook/"


@pytest.fixture(scope="session")
def sample(sites, origin, tmp_path_factory) -> str:
    """A chapter with every type of item, and an exam made of them."""
    build(lay_out(tmp_path_factory.mktemp("sample") / "project"), sites / "sample")
    return f"{origin}/sample/chapters/sample/"


@pytest.fixture(scope="session")
def edited(sites, origin, tmp_path_factory) -> str:
    """The same chapter after two items were edited, on the same origin and so with the same storage."""

    def change(bank: str) -> str:
        return bank.replace("坐席第一步做什么", "坐席首先做什么").replace(
            "为什么先听完再登记", "先听完再登记有什么好处"
        )

    build(lay_out(tmp_path_factory.mktemp("edited") / "project", change), sites / "edited")
    return f"{origin}/edited/chapters/sample/"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),  # the shell is faster
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


class Reader:
    """Someone with a browser profile of their own; `open` gives a tab."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.tolerated: Callable[[str], bool] = lambda _: False

    def open(self, url: str, *, script: str = "", now: datetime | None = None, **options: object) -> Page:
        """Open `url` in a fresh profile; `script` runs before the page's own, and with `now` the clock stands still."""
        context = self._chromium.new_context(**options)
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        home = urlsplit(url)[:2]
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", lambda request: self._request(request.url, home))
        if now:
            context.clock.set_fixed_time(now)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(url)

        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _complain(self, complaint: str) -> None:
        if not self.tolerated(complaint):
            self.complaints.append(complaint)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"{message.type}: {message.text} {message.location}")

    def _error(self, error: WebError) -> None:
        self._complain(f"exception: {error.error.message}\n{error.error.stack}")

    def _request(self, url: str, home: tuple[str, str]) -> None:
        if urlsplit(url)[:2] != home and not url.startswith(("data:", "blob:")):
            self._complain(f"request to {url}")


@pytest.fixture
def reader(chromium) -> Iterator[Reader]:
    visitor = Reader(chromium)
    yield visitor
    visitor.close()
    assert visitor.complaints == []
