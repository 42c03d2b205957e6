"""A site is stale as soon as anything that its pages are made of has changed, wherever it lies."""

import pytest
from tests.conftest import write_files

import handbook
from handbook.content.settings import read_settings
from handbook.pdf.freshness import FILE, refuse_stale, sources_digest
from handbook.problems import Unpublishable

FILES = {
    "child.yml": "INHERIT: mkdocs.yml\n",
    "docs/index.md": "# 首页 { #home }\n",
    "docs/assets/chart.svg": "<svg/>",
    "overrides/main.html": "",
    "code/__init__.py": "",
    "code/papers/paper.py": "",
}


@pytest.fixture
def built(project, monkeypatch):
    """A site as it is left by a build with a configuration that inherits from another."""
    write_files(project, FILES)
    monkeypatch.setattr(handbook, "__file__", str(project / "code/__init__.py"))
    settings, _ = read_settings(project / "child.yml")
    write_files(project, {f"site/{FILE}": f"{sources_digest(settings)}\n"})

    return project


def refuse(root):
    settings, _ = read_settings(root / "child.yml")
    refuse_stale(settings, root / "site")


def test_an_untouched_site_is_fresh(built):
    refuse(built)


@pytest.mark.parametrize("path", ["mkdocs.yml", *(path for path in FILES if not path.endswith(".svg"))])
def test_what_has_changed_makes_it_stale(built, path):
    write_files(built, {path: (built / path).read_text(encoding="utf-8") + "# 改过\n"})

    with pytest.raises(Unpublishable, match="网站比现在的手册旧"):
        refuse(built)


@pytest.mark.parametrize("folder", ["exams", "pdf", "papers", "cli", "publishing", "fragments/quiz"])
@pytest.mark.parametrize("root", ["docs", "overrides"])
def test_what_is_new_makes_it_stale_whatever_its_folder_is_called(built, root, folder):
    write_files(built, {f"{root}/{folder}/new.{'md' if root == 'docs' else 'html'}": "x"})

    with pytest.raises(Unpublishable, match="网站比现在的手册旧"):
        refuse(built)


@pytest.mark.parametrize("path", ["dist/notes.md", "docs/assets/chart.svg", "site/index.html"])
def test_what_no_page_says_leaves_it_fresh(built, path):
    write_files(built, {path: "x"})

    refuse(built)


def test_without_a_site_it_says_how_to_make_one(built):
    (built / "site" / FILE).unlink()

    with pytest.raises(Unpublishable, match="这里没有生成好的网站；请先运行 `make site`"):
        refuse(built)
