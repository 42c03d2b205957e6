"""`handbook offline` on a small handbook: the same bytes each time, PDFs taken along, and one line when it cannot be."""

import errno
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.conftest import CHAPTER, ROOT, write_files

from handbook.cli import main
from handbook.content.settings import read_settings
from handbook.pdf.freshness import sources_digest

MKDOCS = """site_name: '理赔: 手册'
theme: {name: material, language: zh, font: false, custom_dir: overrides}
plugins: {search: {}}
hooks: [hooks/handbook_hooks.py]
markdown_extensions: [attr_list]
"""


@pytest.fixture
def handbook(tmp_path):
    for name in ("overrides", "hooks", "docs/assets", "node_modules"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "mkdocs-offline.yml", tmp_path)
    pages = {"docs/index.md": "# 首页 { #home }\n\n[理赔](chapters/claims.md)\n", "docs/chapters/claims.md": CHAPTER}
    write_files(tmp_path, {"mkdocs.yml": MKDOCS, **pages})

    return tmp_path


def run(handbook, *options):
    return main(["--config", str(handbook / "mkdocs.yml"), "offline", *options])


def test_two_builds_are_the_same_byte_for_byte(handbook, monkeypatch):
    for seed, name in (("1", "dist/one.zip"), ("2", "elsewhere/two.zip")):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        assert run(handbook, "--out", str(handbook / name)) == 0

    assert (handbook / "dist/one.zip").read_bytes() == (handbook / "elsewhere/two.zip").read_bytes()


def test_the_folder_has_the_title_as_its_name_and_takes_the_pdfs_along(handbook, capsys):
    settings, _ = read_settings(handbook / "mkdocs.yml")
    digest = sources_digest(settings)
    write_files(handbook, {"site/pdf/handbook.pdf": b"%PDF", "site/sources.sha256": digest})

    assert run(handbook) == 0

    assert "dist/handbook-offline.zip" in capsys.readouterr().out
    with ZipFile(handbook / "dist/handbook-offline.zip") as archive:
        names = archive.namelist()
        assert archive.read("理赔-手册/handbook/pdf/handbook.pdf") == b"%PDF"
    assert "理赔-手册/打开手册.html" in names
    assert {name.partition("/")[0] for name in names} == {"理赔-手册"}
    assert [path.name for path in (handbook / "dist").iterdir()] == ["handbook-offline.zip"]


def test_pdfs_of_an_older_site_do_not_come_along(handbook, capsys):
    write_files(handbook, {"site/pdf/handbook.pdf": b"%PDF", "site/sources.sha256": "older"})

    assert run(handbook) == 1

    assert "请先运行 `make site`" in capsys.readouterr().out
    assert not (handbook / "dist/handbook-offline.zip").exists()


@pytest.mark.parametrize(("name", "content"), [("docs/index.md", "[x](nowhere.md)\n"), ("mkdocs.yml", "nowhere: x\n")])
def test_what_is_complained_of_is_passed_on_and_the_previous_zip_stays(name, content, handbook, capsys):
    before = (handbook / name).read_text(encoding="utf-8")
    write_files(handbook, {name: f"{before}\n{content}", "dist/handbook-offline.zip": "before"})

    assert run(handbook) == 1

    said = capsys.readouterr().out
    assert "nowhere" in said
    assert "离线手册没有生成" in said
    assert "Traceback" not in said
    assert (handbook / "dist/handbook-offline.zip").read_text() == "before"


def test_a_crash_of_the_build_is_one_line(handbook, capsys):
    (handbook / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", handbook / "overrides")
    write_files(handbook, {"overrides/main.html": "{% extends 'nothing.html' %}"})

    assert run(handbook) == 1

    said = capsys.readouterr().out
    _, line = said.splitlines()
    assert "离线手册没有生成（jinja2.exceptions.TemplateNotFound" in line


def test_a_library_comes_from_what_npm_installed_with_its_licence(handbook):
    assert run(handbook) == 0

    with ZipFile(handbook / "dist/handbook-offline.zip") as archive:
        vendor = "理赔-手册/handbook/assets/vendor/iframe-worker"
        shim = (ROOT / "node_modules/iframe-worker/shim/index.js").read_bytes()
        assert archive.read(f"{vendor}.js") == shim
        assert b"Permission is hereby granted" in archive.read(f"{vendor}.LICENSE.txt")


def test_before_npm_has_installed_anything_one_line_says_what_to_run(handbook, capsys):
    (handbook / "node_modules").unlink()

    assert run(handbook) == 1

    said = capsys.readouterr().out
    assert "没有找到 node_modules/iframe-worker/shim/index.js；请先运行 `make setup`。" in said
    assert "Traceback" not in said


def test_problems_of_the_handbook_are_reported_before_anything_is_built(handbook, capsys):
    write_files(handbook, {"docs/chapters/claims.md": "# 理赔\n"})

    assert run(handbook) == 1

    assert "docs/chapters/claims.md:1:" in capsys.readouterr().out
    assert not (handbook / "dist").exists()


def test_a_full_disk_leaves_the_previous_zip_and_nothing_else(handbook, monkeypatch, capsys):
    write_files(handbook, {"dist/handbook-offline.zip": "before"})

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert run(handbook) == 1

    assert "dist/handbook-offline.zip: 写不进去（No space left on device）" in capsys.readouterr().out
    assert (handbook / "dist/handbook-offline.zip").read_text() == "before"
    assert len(list((handbook / "dist").iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_one_line(handbook, capsys):
    write_files(handbook, {"dist": "a file"})

    assert run(handbook) == 1

    _, line = capsys.readouterr().out.splitlines()
    assert "dist: 写不进去" in line
