"""What is printed again and what is not, what it takes to swap PDFs in, and what happens when printing fails."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ROOT, write_files

from handbook.content.settings import read_settings
from handbook.pdf.freshness import stamp
from handbook.pdf.shelf import Proven, Shelf
from handbook.pdf.workers import in_parallel

ALL = ("handbook", "other", "sample")


@pytest.fixture
def whole(printed):
    """The handbook and its chapters, all printed."""
    done = printed.run("--all")
    assert done.returncode == 0, done.stdout + done.stderr

    return printed


def pdfs(project):
    return {path.stem: path.read_bytes() for path in (project.root / "site/pdf").glob("*.pdf")}


def settings_of(project):
    return read_settings(project.root / "mkdocs.yml")[0]


def kept(project):
    return project.root / ".cache/pdf"


def anew(done):
    return {
        line.partition("：")[0].rpartition("/")[2] for line in done.stdout.splitlines() if line.endswith("已写好。")
    }


def test_all_is_the_handbook_and_each_chapter(whole):
    assert set(ALL) <= pdfs(whole).keys()


def test_nothing_is_printed_again_when_nothing_has_changed(whole):
    before = pdfs(whole)
    for path in (whole.root / "site/pdf").glob("*.pdf"):
        path.unlink()
    done = whole.run("--all")

    assert anew(done) == set()
    assert pdfs(whole) == before


def test_a_chapter_that_changed_is_printed_again_and_the_others_are_not(whole):
    chapter = whole.root / "docs/chapters/other.md"
    before, text = pdfs(whole), chapter.read_text(encoding="utf-8")
    try:
        chapter.write_text(text + "\n后来加的一段。\n", encoding="utf-8")
        whole.build()
        done = whole.run("--all")
        after = pdfs(whole)
    finally:
        chapter.write_text(text, encoding="utf-8")
        whole.build()
        whole.run("--all")

    assert anew(done) == {"handbook.pdf", "other.pdf"}
    assert after["sample"] == before["sample"]
    assert pdfs(whole) == before


def test_what_is_kept_is_not_trusted_when_it_was_damaged(whole):
    before = pdfs(whole)
    (kept(whole) / "other.pdf").write_bytes(b"%PDF-1.7 half of it")
    (kept(whole) / "sample.json").write_text("[]")
    done = whole.run("--all")

    assert anew(done) == {"other.pdf", "sample.pdf"}
    assert pdfs(whole) == before


def test_what_is_no_longer_printed_is_no_longer_kept(whole):
    write_files(kept(whole), {"gone.pdf": "x", "gone.json": "{}"})
    whole.run()

    assert not list(kept(whole).glob("gone.*"))
    assert (kept(whole) / "sample.pdf").is_file()


def test_the_same_bytes_from_another_folder_hash_seed_time_zone_and_language(whole, tmp_path):
    before = pdfs(whole)
    root = tmp_path / "elsewhere"
    shutil.copytree(whole.root, root, symlinks=True, ignore=shutil.ignore_patterns(".cache", "pdf"))
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    command = [sys.executable, "-m", "handbook.cli", "pdf", "--all"]
    settled = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **elsewhere}
    done = subprocess.run(command, cwd=root, env=settled, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.stem: path.read_bytes() for path in (root / "site/pdf").glob("*.pdf")}.items() <= before.items()


@pytest.mark.parametrize(
    "what",
    [
        "docs/chapters/other.md",
        "docs/bank/sample.yml",
        "docs/facts.yml",
        "mkdocs.yml",
        "site/chapters/other/index.html",
    ],
)
def test_the_stamp_changes_with_whatever_is_printed(whole, what):
    path = whole.root / what
    before, content = stamp(settings_of(whole), whole.root / "site", ""), path.read_bytes()
    try:
        path.write_bytes(content + b"\n")
        after = stamp(settings_of(whole), whole.root / "site", "")
    finally:
        path.write_bytes(content)

    assert after != before
    assert stamp(settings_of(whole), whole.root / "site", "") == before


def test_the_stamp_knows_templates_day_and_versions(whole, tmp_path):
    settings, site = settings_of(whole), whole.root / "site"
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    apart = replace(settings, templates=tmp_path / "overrides")
    before = stamp(apart, site, "2026-01-01 typst 1")
    assert stamp(apart, site, "2026-01-02 typst 1") != before
    (tmp_path / "overrides/print/handbook.typ").write_text("#pagebreak()", encoding="utf-8")
    assert stamp(apart, site, "2026-01-01 typst 1") != before


BLOCKED = {
    "fonts": ("import sys\nsys.modules['justmytype_intl_cjk'] = None", "没有安装中文字体包"),
    "typst": ("import sys\nsys.modules['typst'] = None", "没有安装 typst"),
    "pikepdf": ("import sys\nsys.modules['pikepdf'] = None", "没有安装 pikepdf"),
    "version": (
        (
            "import importlib.metadata as m\n"
            "def gone(name): raise m.PackageNotFoundError(name)\n"
            "m.version = gone\nimport sys\nsys.modules['typst'] = None"
        ),
        "没有安装 typst",
    ),
    "disk": (
        (
            "import errno, os, pathlib\n"
            "def full(*_): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\n"
            "os.replace = pathlib.Path.replace = full"
        ),
        "No space left on device",
    ),
    "memory": (
        "import os, sys\nif 'multiprocessing.spawn' in sys.orig_argv[-2]: os.kill(os.getpid(), 9)",
        "排版的进程意外结束了",
    ),
}


@pytest.mark.parametrize("what", BLOCKED)
def test_what_printing_lacks_is_one_line_and_the_previous_pdfs_stay(whole, tmp_path, what):
    code, said = BLOCKED[what]
    write_files(tmp_path, {"sitecustomize.py": code})
    before = pdfs(whole)
    kept(whole).rename(whole.root / ".cache/away")
    try:
        done = whole.run("--all", blocked=str(tmp_path))
    finally:
        shutil.rmtree(kept(whole), ignore_errors=True)
        (whole.root / ".cache/away").rename(kept(whole))

    assert done.returncode == 1, done.stderr
    assert said in done.stdout
    assert len(done.stdout.splitlines()) == 1, done.stdout
    assert done.stderr == ""
    assert pdfs(whole) == before


@pytest.fixture
def with_templates(whole, tmp_path):
    """Build a site, beside the other, whose templates may be changed: its folder, and theirs."""
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    config = whole.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("custom_dir: overrides", f"custom_dir: {tmp_path}/overrides"), encoding="utf-8")
    whole.build("again")
    yield whole.root / "again", tmp_path / "overrides/print"
    config.write_text(text, encoding="utf-8")
    shutil.rmtree(whole.root / "again")


def test_no_pdf_is_swapped_in_when_one_of_them_has_a_gap(whole, with_templates):
    site, templates = with_templates
    template = templates / "handbook.typ"
    template.write_text('#show "别的内容": []\n' + template.read_text(encoding="utf-8"), encoding="utf-8")
    write_files(site, {f"pdf/{name}.pdf": "the one before" for name in ALL})
    done = whole.run("--all", "--site", "again")

    assert done.returncode == 1
    assert "chapters/other.md：缺正文“别的内容。”" in done.stdout
    assert "没有发布" in done.stdout
    assert {(site / f"pdf/{name}.pdf").read_text() for name in ALL} == {"the one before"}


def test_a_template_that_is_broken_is_named_with_its_line(whole, with_templates):
    _, templates = with_templates
    before = pdfs(whole)
    (templates / "blocks.typ").write_text("\n#nothing-of-this-name\n", encoding="utf-8")
    broken = whole.run("--site", "again")
    (templates / "handbook.typ").unlink()
    gone = whole.run("--site", "again")

    assert broken.returncode == gone.returncode == 1
    assert re.fullmatch(r"blocks\.typ:2: 排版出错（.*）；.*，原来的 PDF 没有动。\n", broken.stdout)
    assert re.fullmatch(r".*/print/handbook\.typ: 没有这个排版模板，.*\n", gone.stdout)
    assert pdfs(whole) == before


def test_a_character_that_the_fonts_lack_is_named_with_its_heading_and_its_words(printed):
    chapter = printed.root / "docs/chapters/other.md"
    before = chapter.read_text(encoding="utf-8")
    chapter.write_text(before + "\n勾选 ☑ 的意思。\n", encoding="utf-8")
    there = (printed.root / "site/pdf/handbook.pdf").read_bytes()
    try:
        printed.build("again")
        done = printed.run("--site", "again")
    finally:
        chapter.write_text(before, encoding="utf-8")

    assert done.returncode == 1
    assert "“☑”（U+2611）在“还有”下的“勾选 ☑ 的意思。”" in done.stdout
    assert (printed.root / "site/pdf/handbook.pdf").read_bytes() == there


def test_a_file_where_a_folder_should_be_is_one_line(printed, tmp_path):
    (tmp_path / "out").write_text("x")
    done = printed.run("--out", tmp_path / "out/handbook.pdf")

    assert done.returncode == 1
    assert re.fullmatch(r".*/out: 写不进去（.*）；.*\n", done.stdout)
    assert (tmp_path / "out").read_text() == "x"


def test_a_site_older_than_its_sources_is_not_printed(printed):
    chapter = printed.root / "docs/chapters/other.md"
    before = chapter.read_text(encoding="utf-8")
    chapter.write_text(before + "\n后来加的。\n", encoding="utf-8")
    try:
        done = printed.run()
    finally:
        chapter.write_text(before, encoding="utf-8")

    assert done.returncode == 1
    assert "网站比现在的手册旧" in done.stdout


def test_a_chapter_that_is_not_there_is_misuse_and_the_others_are_named(printed):
    done = printed.run("--chapter", "claims")

    assert done.returncode == 2
    assert done.stderr == "没有章节 'claims'；请从这些里选：sample、other。\n"


def test_a_shelf_gives_back_what_it_was_given_for_the_same_and_nothing_else(tmp_path):
    shelf = Shelf(tmp_path)
    for path, content in shelf.files("a", Proven(b"%PDF", 3, "sources"), "stamp").items():
        path.write_bytes(content)

    assert shelf.find("a", stamp="stamp") == shelf.find("a", sources="sources") == Proven(b"%PDF", 3, "sources")
    assert shelf.find("a", stamp="sources") is None
    assert shelf.find("b", stamp="stamp") is None
    assert json.loads((tmp_path / "a.json").read_text())["pages"] == 3


def test_what_is_kept_by_two_who_wrote_at_once_is_not_mixed(tmp_path):
    shelf = Shelf(tmp_path)
    for pdf in (b"%PDF one", b"%PDF two"):
        for path, content in shelf.files("a", Proven(pdf, 3, "sources"), "stamp").items():
            if path.suffix == ".pdf" or pdf.endswith(b"one"):
                path.write_bytes(content)

    assert shelf.find("a", stamp="stamp") is None


def test_workers_return_what_they_did_in_the_order_of_the_jobs():
    told = []
    assert in_parallel(len, ("x" * n for n in range(7)), 2, told.append) == list(range(7))
    assert told[-1] == 7


WORK = """
import os, sys, time
def wait(_):
    print(os.getpid(), flush=True)
    time.sleep(600)
if __name__ == "__main__":
    from handbook.pdf.workers import in_parallel
    in_parallel(wait, [1, 2, 3], 2, lambda _: None)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_the_process_that_started_them(tmp_path, how):
    (tmp_path / "work.py").write_text(WORK)
    command = [sys.executable, str(tmp_path / "work.py")]
    parent = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    os.killpg(parent.pid, how) if how == signal.SIGINT else os.kill(parent.pid, how)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 30
    while any(alive(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)

    assert not any(alive(worker) for worker in workers)


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False

    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
