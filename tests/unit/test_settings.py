"""The settings are what MkDocs makes of the same files in the same environment."""

import pytest
from mkdocs.config import load_config  # noqa: TID251 -- what MkDocs makes of it is the measure
from tests.conftest import write_files

from handbook.content.settings import read_settings
from handbook.content.views import views
from handbook.problems import Unreadable
from handbook.reading.source import read_yaml

BASE = """site_name: 基础
docs_dir: !ENV [DOCS, docs]
nav:
  - index.md
  - 章节:
      - 理赔: chapters/claims.md
  - 附录: {术语: terms.md}
extra:
  handbook:
    quiz_title: 自测
    coverage: {per_section: 1, per_chapter: 2}
    sources: {exam: [1, 2]}
"""
CHILD = """INHERIT: base.yml
site_name: 另一种
extra:
  handbook:
    coverage: {per_chapter: 3}
    sources: {exam: [4]}
"""


def settings_of(root, **files):
    write_files(root, {f"{name}.yml": text for name, text in files.items()})
    settings, problems = read_settings(root / "mkdocs.yml")

    assert problems == []
    return settings


def test_a_child_is_laid_over_its_base(project):
    settings = settings_of(project, mkdocs=CHILD, base=BASE)

    assert (settings.title, settings.options.quiz_title) == ("另一种", "自测")
    assert (settings.options.coverage.per_section, settings.options.coverage.per_chapter) == (1, 3)
    assert settings.options.sources == {"exam": [4]}
    assert [path.name for path in settings.files] == ["mkdocs.yml", "base.yml"]


@pytest.mark.parametrize("docs", [None, "other"])
def test_inherited_settings_are_those_of_mkdocs(docs, project, monkeypatch):
    (project / "other").mkdir()
    if docs:
        monkeypatch.setenv("DOCS", docs)
    settings = settings_of(project, mkdocs=CHILD, base=BASE)
    config = load_config(str(project / "mkdocs.yml"))

    assert config.docs_dir == str(settings.docs) == str(project / (docs or "docs"))
    assert (config.site_name, config.site_dir) == (settings.title, str(settings.site))
    assert config.extra["handbook"] == {
        "quiz_title": "自测",
        "coverage": settings.options.coverage.model_dump(exclude={"per_level"}),
        "sources": settings.options.sources,
    }


def test_folders_are_seen_from_the_file_that_mkdocs_is_given(project):
    write_files(project, {"common/base.yml": "docs_dir: docs\ntheme: {custom_dir: overrides}\n"})
    settings = settings_of(project, mkdocs="INHERIT: common/base.yml\n")

    assert (settings.docs, settings.templates) == (project / "docs", project / "overrides")


def test_the_navigation_gives_order_groups_and_places(project):
    settings = settings_of(project, mkdocs=BASE)

    assert list(settings.places) == ["index.md", "chapters/claims.md", "terms.md"]
    assert settings.groups == {"章节": ("chapters/claims.md",), "附录": ("terms.md",)}
    assert settings.places == {
        "index.md": ("mkdocs.yml", 4),
        "chapters/claims.md": ("mkdocs.yml", 6),
        "terms.md": ("mkdocs.yml", 7),
    }


def test_each_file_is_read_once(project, monkeypatch):
    read = []
    monkeypatch.setattr(
        "handbook.content.settings.read_yaml",
        lambda path, *rest, **more: read.append(path.name) or read_yaml(path, *rest, **more),
    )
    settings_of(project, mkdocs=CHILD, base=BASE)

    assert read == ["mkdocs.yml", "base.yml"]


@pytest.mark.parametrize(
    ("mkdocs", "base", "line"),
    [
        ("INHERIT: mkdocs.yml\n", "", "mkdocs.yml:1: INHERIT 绕了一圈"),
        ("INHERIT: base.yml\n", "a: 1\nINHERIT: ./mkdocs.yml\n", "base.yml:2: INHERIT 绕了一圈"),
        ("a: 1\nINHERIT: nobody.yml\n", "", "mkdocs.yml:2: INHERIT 所指的文件 'nobody.yml' 不存在"),
        ("INHERIT:\n", "", "mkdocs.yml:1: INHERIT 所指的文件 'None' 不存在"),
        ("INHERIT: base.yml\n", "- a\n", "base.yml:1: 文件应当由“字段: 内容”组成"),
    ],
)
def test_a_base_that_cannot_be_used_is_one_line(mkdocs, base, line, project):
    write_files(project, {"mkdocs.yml": mkdocs, "base.yml": base})

    with pytest.raises(Unreadable) as unreadable:
        read_settings(project / "mkdocs.yml")
    assert [str(problem).startswith(line) for problem in unreadable.value.problems] == [True]


LISTED = """site_name: x
docs_dir: .
markdown_extensions:
  - admonition
  - toc: {permalink: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
  - pymdownx.tabbed:
      alternate_style: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds: {case: lower}
  - pymdownx.snippets:
      base_path: [docs, !relative '$config_dir']
"""
MAPPED = LISTED.replace("  - ", "  ").replace("admonition", "admonition:")
GIVEN = (
    ("admonition", "{}"),
    ("toc", '{"permalink": true}'),
    ("pymdownx.emoji", "{}"),
    ("pymdownx.tabbed", '{"alternate_style": true}'),
    ("pymdownx.snippets", '{"base_path": ["docs"]}'),
)


@pytest.mark.parametrize("written", [LISTED, MAPPED], ids=["listed", "mapped"])
def test_extensions_of_markdown_are_known_with_what_needs_no_mkdocs(tmp_path, written):
    assert settings_of(tmp_path, mkdocs=written).extensions == GIVEN
    text = '## 题 { #x }\n\n:smile: 文\n\n=== "甲"\n\n    乙\n'
    assert [piece.text for piece in views(text, GIVEN)[0].pieces] == ["😄 文", "甲", "乙"]


@pytest.mark.parametrize(
    ("written", "extensions", "lines"),
    [
        ("markdown_extensions:", (), []),
        ("markdown_extensions: []", (), []),
        ("markdown_extensions: tables", (), []),
        ("markdown_extensions: [not_there, admonition]", (("admonition", "{}"),), [3]),
        ("markdown_extensions:\n  - admonition\n  - not_there\n  - os", (("admonition", "{}"),), [5, 6]),
        ("markdown_extensions:\n  admonition:\n  not_there: {x: 1}", (("admonition", "{}"),), [5]),
        ("markdown_extensions:\n  - tables: {colour: red}", (), [4]),
        ("markdown_extensions:\n  - tables: 5\n  - [a]\n  - 7", (), [4, 5, 6]),
    ],
)
def test_an_extension_that_cannot_be_used_is_named_at_its_line_and_left_out(tmp_path, written, extensions, lines):
    write_files(tmp_path, {"mkdocs.yml": f"site_name: x\ndocs_dir: .\n{written}\n"})
    settings, problems = read_settings(tmp_path / "mkdocs.yml")

    assert settings.extensions == extensions
    assert [problem.line for problem in problems] == lines
    assert all("没有装好，或者它的设置不对" in problem.what for problem in problems)
