"""Real builds of a small handbook: what is published, what stops, and what is loaded where."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from lxml.etree import iterwalk
from lxml.html import document_fromstring
from mkdocs.config import load_config  # noqa: TID251 -- to call an event as MkDocs does
from tests.conftest import ROOT, write_files

from handbook.book import read_book
from handbook.site.mkdocs import Site

MKDOCS = """site_name: x
theme:
  name: material
  language: zh
  font: false
  custom_dir: overrides
hooks: [hooks/handbook_hooks.py]
markdown_extensions: [attr_list, tables, admonition]
validation: {anchors: warn}
"""
CHAPTERS = {
    "docs/index.md": "# 首页 { #home }\n\n<!-- chapters -->\n",
    "docs/chapters/claims.md": (
        "# 理赔 { #claims }\n\n## 时限 { #deadlines }\n\n达成协议后 {{ claim-payment }} 内支付保险金。\n\n"
        "## 代码 { #code }\n\n`<!-- quiz: claims-one -->` 与 `{{ claim-payment }}`\n"
    ),
    "docs/chapters/placed.md": "# 插题 { #placed }\n\n## 先做 { #first }\n\n前文。\n\n<!-- quiz: claims-two -->\n\n后文。\n",
}
ITEM = """  - id: ID
    type: single
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 第 ID 题：a < b -- 达成协议后多久支付？
    options:
      - {text: '{{ claim-payment }}', key: true, rationale: 解析在此 <b>。}
      - {text: 十五日, rationale: 别的期限。}
"""
MOCK_EXAM = {
    "docs/exam/index.md": "# 模拟考试 { #mock-exam }\n\n<!-- exams -->\n",
    "docs/bank/blueprints/tiny.yml": (
        "title: 小样卷\ninstructions: 先做会的。\nminutes: 10\npass_percent: 60\n"
        "parts: [{type: single, count: 2, points: 1}]\nmock_forms: 2\n"
    ),
}
FACTS = """facts:
  claim-payment:
    topic: 理赔
    title: 支付保险金
    value: 10日
    basis: 保险法第23条
    status: law
    checked: 2026-10-04
"""


@pytest.fixture
def handbook(tmp_path):
    for name in ("overrides", "hooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/assets").symlink_to(ROOT / "docs/assets")
    bank = "items:\n" + "".join(ITEM.replace("ID", name) for name in ("claims-one", "claims-two"))
    write_files(tmp_path, {**CHAPTERS, "mkdocs.yml": MKDOCS, "docs/facts.yml": FACTS, "docs/bank/claims.yml": bank})

    return tmp_path


def build(root, *arguments, tool="mkdocs", **environment):
    command = [sys.executable, "-m", tool, "build", "-f", root / "mkdocs.yml", *arguments]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}

    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def page(root, name):
    return (root / "site" / name / "index.html").read_text(encoding="utf-8")


def test_bank_facts_and_templates_are_not_published(handbook):
    assert build(handbook).returncode == 0

    published = {path.name for path in (handbook / "site").rglob("*")}
    assert not [name for name in ("fragments", "print") if (handbook / "site" / name).exists()]
    assert not published & {"claims.yml", "facts.yml", "sync.lock", "schema.json", "item.html", "quiz.html"}


def test_items_stand_at_the_end_of_their_chapter_and_in_its_contents(handbook):
    build(handbook)
    html = page(handbook, "chapters/claims")

    assert html.index('id="deadlines"') < html.index('id="quiz"') < html.index('id="item-claims-one"')
    assert re.search(r'<a href="#quiz" class="md-nav__link">', html)


def test_a_marker_places_an_item_in_the_text_and_nowhere_else(handbook):
    build(handbook)
    html = page(handbook, "chapters/placed")

    assert html.index("前文。") < html.index('id="item-claims-two"') < html.index("后文。")
    assert 'id="item-claims-two"' not in page(handbook, "chapters/claims")
    assert "handbook-tally" not in html


def test_markers_and_references_in_code_are_left_alone(handbook):
    build(handbook)

    assert "<code>&lt;!-- quiz: claims-one --&gt;</code>" in page(handbook, "chapters/claims")
    assert "<code>{{ claim-payment }}</code>" in page(handbook, "chapters/claims")


def test_a_reference_shows_its_value_and_leads_to_its_basis(handbook):
    build(handbook)
    shown = re.search(r'<a class="fact" href="([^"]+)" title="([^"]+)">10日</a>', page(handbook, "chapters/claims"))

    assert shown
    assert shown[1] == "../../appendix/time-limits/#claim-payment"
    assert shown[2] == "依据：保险法第23条（已核对原文）"
    assert '<tr class="facts__row" id="claim-payment"' in page(handbook, "appendix/time-limits")


def test_text_of_items_cannot_become_markup(handbook):
    build(handbook)
    html = page(handbook, "chapters/claims")

    assert "a &lt; b -- 达成" in html
    assert "解析在此 &lt;b&gt;。" in html


def test_a_section_leads_to_its_items_and_each_item_to_its_section(handbook):
    build(handbook)
    html = page(handbook, "chapters/claims")

    assert '<a href="#item-claims-one">本节考题 2 道</a>' in html
    assert '依据：<a href="#deadlines">第 1 章 时限</a>' in html
    assert '依据：<a href="../claims/#deadlines">第 1 章 时限</a>' in page(handbook, "chapters/placed")


def test_scripts_are_loaded_only_where_they_are_used(handbook):
    build(handbook)

    assert "assets/quiz/item.js" in page(handbook, "chapters/claims")
    assert "assets/quiz/item.js" not in page(handbook, "appendix/time-limits")
    assert "assets/quiz/item.js" not in page(handbook, ".")


def test_a_printed_site_leads_to_its_pdfs_and_another_does_not(handbook):
    build(handbook)
    assert "下载 PDF" not in page(handbook, "chapters/claims")

    write_files(handbook, {"mkdocs.yml": f"{MKDOCS}extra: {{handbook: {{print: {{}}}}}}\n"})
    build(handbook)
    html = page(handbook, "chapters/claims")

    assert html.count('href="../../pdf/handbook.pdf" download aria-label="下载 PDF"') == 1
    assert '<a href="../../pdf/claims.pdf" download>本章 PDF</a>' in html


@pytest.mark.parametrize("has_card", [True, False])
def test_the_home_page_leads_to_the_card_of_a_handbook_that_has_one(handbook, has_card):
    home = CHAPTERS["docs/index.md"].replace("chapters", "pdf")
    write_files(handbook, {"docs/index.md": home, "mkdocs.yml": f"{MKDOCS}extra: {{handbook: {{print: {{}}}}}}\n"})
    if has_card:
        write_files(handbook, {"docs/pocket-card.yml": "panels: {cover: {title: 电话}}\n"})

    build(handbook)

    assert ('<a href="pdf/pocket-card.pdf" download>口袋卡</a>' in page(handbook, ".")) is has_card
    assert not (handbook / "site/pocket-card.yml").exists()


def test_what_main_html_changes_in_the_theme_is_changed(handbook):
    extra = "plugins: [search]\nextra: {handbook: {print: {}}}\nnav: [index.md, {章节: [chapters/claims.md]}]\n"
    write_files(
        handbook, {"mkdocs.yml": MKDOCS.replace("font: false", "font: false\n  features: [navigation.path]") + extra}
    )
    build(handbook)
    html = document_fromstring(page(handbook, "chapters/claims"))

    assert html.xpath("//nav[contains(@class, 'md-header__inner')]/*[last()]/@aria-label") == ["下载 PDF"]
    assert html.xpath("//*[@role='dialog']/@aria-label") == ["搜索"]
    assert html.xpath("//nav[@class='md-path']/@aria-label") == ["当前位置"]


def test_while_serving_there_is_no_pdf_to_lead_to(handbook, monkeypatch):
    monkeypatch.chdir(handbook)
    write_files(handbook, {"mkdocs.yml": f"{MKDOCS}extra: {{handbook: {{print: {{}}}}}}\n"})

    def offered(command):
        site = Site()
        site.on_startup(command=command, dirty=False)
        return site.on_config(load_config(str(handbook / "mkdocs.yml"))).extra["pdf"]

    assert (offered("serve"), offered("build")) == ("", "pdf/handbook.pdf")


def test_no_item_text_is_in_the_search_index(handbook):
    build(handbook)
    entries = json.loads((handbook / "site/search/search_index.json").read_text(encoding="utf-8"))["docs"]
    index = "".join(entry["title"] + entry["text"] for entry in entries).replace("\u200b", "")

    assert "时限" in index
    assert not [word for word in ("解析在此", "别的期限", "十五日", "第 claims-one 题", "本章自测") if word in index]


def test_a_faulty_bank_stops_the_build_without_a_traceback(handbook):
    write_files(handbook, {"docs/bank/claims.yml": "items:\n  - id: x\n    type: singel\n"})

    done = build(handbook)

    assert done.returncode == 1
    assert "docs/bank/claims.yml:3: 题目 'x' 的题型 `singel` 不认识" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_reader_would_miss_stops_even_a_build_that_is_not_strict(handbook):
    chapter = CHAPTERS["docs/chapters/claims.md"]
    write_files(handbook, {"docs/chapters/claims.md": f"{chapter}\n<a href='nowhere.html' id='code'>去</a>\n"})

    done = build(handbook)

    assert done.returncode == 1
    assert "docs/chapters/claims.md:7: 链接通向的文件 'chapters/claims/nowhere.html' 网站里没有；" in done.stderr
    assert "共 2 处问题，改好后再生成。" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (handbook / "site/sources.sha256").exists()


def test_an_item_not_reviewed_is_a_warning_that_strict_refuses(handbook):
    relaxed, strict = build(handbook), build(handbook, "--strict")

    assert (relaxed.returncode, strict.returncode) == (0, 1)
    assert "WARNING -  docs/bank/claims.yml:2: 题目 'claims-one' 还没有复核过" in relaxed.stderr


def test_a_date_that_is_none_stops_the_build_without_a_traceback(handbook):
    done = build(handbook, SOURCE_DATE_EPOCH="昨天")

    assert done.returncode == 1
    assert "环境变量 SOURCE_DATE_EPOCH 应当是整数秒，现在是“昨天”" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_jieba_the_build_says_what_to_do(handbook):
    write_files(handbook, {"blocked/sitecustomize.py": "import sys\nsys.modules['jieba'] = None\n"})
    path = os.pathsep.join([str(handbook / "blocked"), os.environ.get("PYTHONPATH", "")])

    done = build(handbook, PYTHONPATH=path)

    assert done.returncode == 1
    assert "没有安装 jieba" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mock_exam_has_a_page_with_its_own_scripts_and_nothing_of_it_can_be_searched(handbook):
    write_files(handbook, MOCK_EXAM)
    assert build(handbook).returncode == 0
    html = page(handbook, "exam/tiny")

    assert html.count('<template data-item="claims-one"') == 1
    assert "assets/exam/exam.js" in html
    assert "assets/exam" not in page(handbook, "chapters/claims")
    assert "assets/exam/exam.js" not in page(handbook, "exam")
    assert '<a href="tiny/">小样卷</a>' in page(handbook, "exam")
    docs = json.loads((handbook / "site/search/search_index.json").read_text(encoding="utf-8"))["docs"]
    assert [entry["location"] for entry in docs if entry["location"].startswith("exam/tiny/")] == ["exam/tiny/"]


def test_a_blueprint_that_the_bank_cannot_meet_stops_the_build_without_a_traceback(handbook):
    blueprint = MOCK_EXAM["docs/bank/blueprints/tiny.yml"].replace("count: 2", "count: 3")
    write_files(handbook, MOCK_EXAM | {"docs/bank/blueprints/tiny.yml": blueprint})

    done = build(handbook)

    assert done.returncode == 1
    assert "docs/bank/blueprints/tiny.yml:" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_solver_only_a_handbook_with_mock_exams_is_refused(handbook):
    write_files(handbook, {"blocked/sitecustomize.py": "import sys\nsys.modules['ortools'] = None\n"})
    path = os.pathsep.join([str(handbook / "blocked"), os.environ.get("PYTHONPATH", "")])

    assert build(handbook, PYTHONPATH=path).returncode == 0
    write_files(handbook, MOCK_EXAM)
    done = build(handbook, PYTHONPATH=path)
    assert done.returncode == 1
    assert "没有安装 OR-tools" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_builds_of_one_source_are_identical(handbook):
    write_files(handbook, MOCK_EXAM)

    def contents():
        build(handbook, SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED=seed)
        return {
            path.relative_to(handbook): path.read_bytes() for path in (handbook / "site").rglob("*") if path.is_file()
        }

    seed = "1"
    first = contents()
    seed = "2"

    assert first == contents()


def test_properdocs_builds_the_same_pages(handbook):
    build(handbook, "-d", handbook / "one")
    done = build(handbook, "-d", handbook / "two", tool="properdocs")

    assert done.returncode == 0, done.stderr
    one, two = ({p.relative_to(handbook / name) for p in (handbook / name).rglob("*")} for name in ("one", "two"))
    assert one == two
    article = re.compile(r"<article.*?</article>", re.DOTALL)
    for name in ("chapters/claims", "chapters/placed"):
        pages = [(handbook / side / name / "index.html").read_text(encoding="utf-8") for side in ("one", "two")]
        assert article.search(pages[0])[0] == article.search(pages[1])[0]


OURS = "//*[starts-with(name(), 'handbook-')] | //*[@data-search-exclude] | //figure | //a[@class='headerlink']"
"""What stands among the author's words: items and ways to them, and drawings, of which views hold what they say."""


def sections(article):
    """Return the words under each heading, by its anchor."""
    found, anchor, inside = {}, "", False
    for event, element in iterwalk(article, events=("start", "end")):
        if re.fullmatch("h[1-6]", element.tag):
            inside = event == "start"
            anchor = element.get("id")
            found.setdefault(anchor, "")
        if anchor and not inside:
            found[anchor] += (element.text if event == "start" else element.tail) or ""

    return {name: "".join(words.split()) for name, words in found.items()}


def test_what_is_tracked_of_each_section_is_what_its_page_shows(tmp_path):
    book = read_book(ROOT / "mkdocs.yml")
    assert build(ROOT, "-d", tmp_path).returncode == 0

    for name, chapter in book.chapters.items():
        html = document_fromstring((tmp_path / f"chapters/{chapter.stem}/index.html").read_text(encoding="utf-8"))
        for ours in html.xpath(f"{OURS} | //comment()"):
            ours.drop_tree()
        tracked = {
            view.anchor: "".join(piece.text for piece in view.pieces if "chart" not in piece.place)
            for section, view in book.views.items()
            if section.startswith(f"{name}#")
        }

        shown = sections(html.find(".//article"))
        assert {anchor: "".join(book.seen(words).split()) for anchor, words in tracked.items()} == shown
