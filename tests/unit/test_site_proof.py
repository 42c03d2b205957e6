"""A built site that is sound passes its proof; each fault planted in it is named with its place."""

import pytest
from tests.conftest import write_files

from handbook.book import read_book
from handbook.site import proof

URL = "https://example.org/handbook/"
CLAIMS, FACTS, PLACED = "chapters/claims/index.html", "appendix/time-limits/index.html", "chapters/placed/index.html"
SOURCES = {"chapters/claims.md": CLAIMS, "chapters/placed.md": PLACED, "appendix/time-limits.md": FACTS}
CHAPTERS = {
    "docs/chapters/claims.md": "# 理赔 { #claims }\n\n## 时限 { #deadlines }\n\n拒赔通知书{{ notice }}内发出。\n\n## 材料 { #documents }\n",
    "docs/chapters/placed.md": "# 插题 { #placed }\n\n<!-- quiz: claims-two -->\n",
}
ITEM = """  - id: ID
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 要说明理由。
    options:
      - {text: 正确, key: true, rationale: 对。}
      - {text: 错误, rationale: 错。}
"""
NOTICE = """facts:
  notice: {topic: 理赔, title: 拒赔通知, value: 3日, basis: 保险法第24条, status: law, checked: 2026-01-01}
"""


def item(name):
    """An item as the templates make it, with the folded answer that is no fault."""
    return (
        f'<handbook-item id="item-{name}" data-item="{name}"><form aria-labelledby="item-{name}-heading">'
        f'<h3><span id="item-{name}-heading">第 1 题</span></h3><p hidden>提交</p>'
        f'<details><summary>答案</summary><p>依据：<a href="../claims/#deadlines">时限</a>，<a href="#item-{name}">本题</a></p></details></form></handbook-item>'
    )


def page(article):
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>手册</title><link rel='icon' href='../../icon.png'>"
        "<script>const a = {b: {c: 1}}; // <!-- no comment\n</script></head>"
        f"<body><header><a href='../../404.html'>首页</a></header><article>{article}</article></body></html>"
    )


SOUND = {
    "icon.png": "",
    "404.html": page("<h1>没有</h1>")
    .replace("../../icon.png", "/handbook/icon.png")
    .replace("../../404", "/handbook/404"),
    CLAIMS: page(
        '<h1 id="claims">理赔</h1><p><a href="../../pdf/claims.pdf">PDF</a></p><h2 id="deadlines">时限</h2>'
        '<p>拒赔通知书<a href="../../appendix/time-limits/#notice">3日</a>内发出。</p><p><code>{{ notice }}</code></p>'
        f"<pre>&lt;!-- quiz: x --&gt;</pre><!-- {{{{ x }}}} --><details><summary>更多</summary>"
        '<h2 id="documents">材料</h2></details>'
        '<p><a name="old"></a><a href="#old">旧</a><a href="#%64ocuments:~:text=材料">材料</a></p>'
        f'<p><a href="https://example.com/nowhere">外面</a><a href="mailto:a@b.c">信</a></p>{item("claims-one")}'
    ),
    PLACED: page(f'<h1 id="placed">插题</h1>{item("claims-two")}<template>{item("claims-two")}</template>'),
    FACTS: page('<h1 id="time-limits">速查</h1><table><tr class="facts__row" id="notice"><td>3日</td></tr></table>'),
}
LOST = "请看前面有没有没写完的注释 `<!--`、没有关上的标签，或多余的缩进"
OUT = "请去掉这个标签，或把内容移到外面"
PLAIN = "请改正引用、注释或标记的写法；要原样显示，请放进反引号"
PAIR = "请在同一段里写全开头和结尾的标签，或删掉它"
MEND = "请改正地址，或删掉链接"
MAIN, DEADLINES, DOCUMENTS, ONE, ROW = (
    "docs/chapters/claims.md:1:",
    "docs/chapters/claims.md:3:",
    "docs/chapters/claims.md:7:",
    "docs/bank/claims.yml:2:",
    "docs/facts.yml:2:",
)
HEADING = '<h2 id="deadlines">时限</h2>'
FAULTS = {
    "a hidden section": (
        (HEADING, f"<div hidden>{HEADING}</div>"),
        f"{DEADLINES} 小节 'deadlines' 在网页里看不见，它在 `<div hidden>` 里；{OUT}。",
    ),
    "a section that is not displayed": (
        (HEADING, f'<div style="color: red; Display : none">{HEADING}</div>'),
        f"{DEADLINES} 小节 'deadlines' 在网页里看不见，它在 `<div style=\"color: red; Display : none\">` 里；{OUT}。",
    ),
    "a heading that is hidden itself": (
        (HEADING, HEADING.replace(">", ' style="height:0;overflow:hidden">', 1)),
        f"{DEADLINES} 小节 'deadlines' 在网页里看不见，它在 `<h2 style=\"height:0;overflow:hidden\">` 里；{OUT}。",
    ),
    "a section in a dialog that nothing opens": (
        (HEADING, f"<dialog>{HEADING}</dialog>"),
        f"{DEADLINES} 小节 'deadlines' 在网页里看不见，它在 `<dialog>` 里；{OUT}。",
    ),
    "a section inside an item": (
        (HEADING, f"<handbook-item data-item='claims-one'>{HEADING}</handbook-item>"),
        f"{DEADLINES} 小节 'deadlines' 在网页里看不见，它在 `<handbook-item>` 里；{OUT}。",
        f"{ONE} 题目 'claims-one' 在网页里出现了 2 次；请只留一处。",
    ),
    "a section in a template": (
        (HEADING, f"<template>{HEADING}</template>"),
        f"{DEADLINES} 小节 'deadlines' 在网页里没有出现；{LOST}。",
    ),
    "a section in a comment": (
        (HEADING, f"<!-- {HEADING} -->"),
        f"{DEADLINES} 小节 'deadlines' 在网页里没有出现；{LOST}。",
    ),
    "a section in a comment that ends much later": (
        (HEADING, f"<!-- quiz: claims-one {HEADING}"),
        f"{DEADLINES} 小节 'deadlines' 在网页里没有出现；{LOST}。",
    ),
    "an item in a comment that never ends": (
        ('<p><a name="old">', "<!-- quiz: claims-one<p>"),
        f"{ONE} 题目 'claims-one' 在网页里没有出现；{LOST}。",
        f"{DOCUMENTS} 标签 `<!--` 没有成对；{PAIR}。",
    ),
    "an anchor on something else": (
        (HEADING, '<p id="deadlines">## 时限</p>'),
        f"{DEADLINES} 小节 'deadlines' 在网页里没有出现；{LOST}。",
    ),
    "a section outside the text": (
        ('<h1 id="claims">理赔</h1>', '</article><h1 id="claims">理赔</h1><article>'),
        f"docs/chapters/claims.md:1: 小节 'claims' 在网页里没有出现；{LOST}。",
    ),
    "a tag that ends with the paragraph around it, but not for browsers": (
        (HEADING, f"<p><template></p>{HEADING}"),
        f"{MAIN} 标签 `<template>` 没有成对；{PAIR}。",
    ),
    "a tag without an end": (
        (HEADING, f"<div>{HEADING}"),
        f"{MAIN} 标签 `<div>` 没有成对；{PAIR}。",
    ),
    "a tag that closes itself only in drawings": (
        (HEADING, f"{HEADING}<svg><path d='a>b'/></svg><b/>"),
        f"{DEADLINES} 标签 `<b>` 没有成对；{PAIR}。",
    ),
    "an end without a beginning": (
        (HEADING, f"{HEADING}<p>一<p>二<br></section><ul><li>三<li>四</ul>"),
        f"{DEADLINES} 标签 `</section>` 没有成对；{PAIR}。",
    ),
    "an item twice": (
        (item("claims-one"), item("claims-one") * 2),
        f"{ONE} 题目 'claims-one' 在网页里出现了 2 次；请只留一处。",
    ),
    "a missing item": ((item("claims-one"), ""), f"{ONE} 题目 'claims-one' 在网页里没有出现；{LOST}。"),
    "a hidden item": (
        (item("claims-one"), f"<section hidden>{item('claims-one')}</section>"),
        f"{ONE} 题目 'claims-one' 在网页里看不见，它在 `<section hidden>` 里；{OUT}。",
    ),
    "an item of another page": (
        (item("claims-one"), item("claims-one") + item("claims-two")),
        "docs/bank/claims.yml:11: 题目 'claims-two' 出现在 chapters/claims/index.html 里，它不属于那一页；请删掉那里多出来的题目。",
    ),
    "an item that the bank does not have": (
        (item("claims-one"), item("claims-one") + item("stranger")),
        f"{DOCUMENTS} 题目 'stranger' 出现在 chapters/claims/index.html 里，它不属于那一页；请删掉那里多出来的题目。",
    ),
    "a reference": (("内发出", "内{{ notic }}发出"), f"{DEADLINES} 网页里露出了“内{{{{ notic }}}}发出。”；{PLAIN}。"),
    "half a reference": (
        ("内发出", "内{ notice }}发出"),
        f"{DEADLINES} 网页里露出了“内{{ notice }}}}发出。”；{PLAIN}。",
    ),
    "a reference in full width": (
        ("内发出", "｛｛notice｝｝"),
        f"{DEADLINES} 网页里露出了“｛｛notice｝｝。”；{PLAIN}。",
    ),
    "a marker": (
        ("内发出", "内&lt;!-- quiz: claims-one --&gt;发出"),
        f"{DEADLINES} 网页里露出了“内<!-- quiz: claims-one -->发出。”；{PLAIN}。",
    ),
    "the end of a comment": (("内发出", "内 --&gt; 发出"), f"{DEADLINES} 网页里露出了“内 --> 发出。”；{PLAIN}。"),
    "a reference in a tooltip": (
        ("<p>拒赔", "<p title='{{ x }}'>拒赔"),
        f"{DEADLINES} 网页里露出了“{{{{ x }}}}”；{PLAIN}。",
    ),
    "a reference in an item": (("第 1 题", "第 {{ n }} 题"), f"{ONE} 网页里露出了“第 {{{{ n }}}} 题”；{PLAIN}。"),
    "a placeholder of Markdown": (
        ("内发出", "内\x02wzxhzdk:7\x03发出"),
        f"{DEADLINES} 网页里露出了“内�wzxhzdk:7�发出。”；{PLAIN}。",
    ),
    "a dead link": (
        ('href="../claims/#deadlines"', 'href="../claim/#deadlines"'),
        f"{ONE} 链接通向的文件 'chapters/claim/index.html#deadlines' 网站里没有；{MEND}。",
    ),
    "a link to a folder without its slash": (
        ('href="../claims/#deadlines"', 'href="../claims#deadlines"'),
        f"{ONE} 链接通向的文件 'chapters/claims#deadlines' 网站里没有；{MEND}。",
    ),
    "a picture that is not there": (
        ("内发出", "<img src='../../a%20b.png'>"),
        f"{DEADLINES} 链接通向的文件 'a b.png' 网站里没有；{MEND}。",
    ),
    "a dead anchor": (
        ("time-limits/#notice", "time-limits/#notices"),
        f"{DEADLINES} 链接通向的锚点 'appendix/time-limits/index.html#notices' 网站里没有；{MEND}。",
    ),
    "a dead anchor of the same page": (
        ("#old", "#older"),
        f"{DOCUMENTS} 链接通向的锚点 'chapters/claims/index.html#older' 网站里没有；{MEND}。",
    ),
    "an item without its anchor": (
        ('id="item-claims-one"', ""),
        f"{ONE} 链接通向的锚点 'chapters/claims/index.html#item-claims-one' 网站里没有；{MEND}。",
    ),
    "an id twice": (
        ("<p>拒赔", "<p id='documents'>拒赔"),
        f"{DOCUMENTS} 锚点 'documents' 在网页里有 2 处；请改掉其中一个，链接才知道去哪里。",
    ),
    "an id twice in one item": (
        ("<details>", "<details id='item-claims-one'>"),
        f"{ONE} 锚点 'item-claims-one' 在网页里有 2 处；请改掉其中一个，链接才知道去哪里。",
    ),
}


@pytest.fixture
def proved(project, tmp_path):
    """Return what the proof says of a site with these files, by lines."""
    bank = "items:\n" + "".join(ITEM.replace("ID", name) for name in ("claims-one", "claims-two"))
    write_files(project, {**CHAPTERS, "docs/bank/claims.yml": bank, "docs/facts.yml": NOTICE})
    book = read_book(project / "mkdocs.yml")

    def lines(files, sources=SOURCES):
        write_files(tmp_path / "site", files)
        return list(map(str, proof.faults(book, tmp_path / "site", sources, URL)))

    assert book.problems == ()
    return lines


def changed(before, after, name=CLAIMS):
    assert before in SOUND[name]
    return SOUND | {name: SOUND[name].replace(before, after, 1)}


def test_a_sound_site(proved):
    assert proved(SOUND) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_place(fault, proved):
    change, *lines = FAULTS[fault]

    assert proved(changed(*change)) == sorted(lines)


def test_a_site_whose_pages_are_files_and_not_folders(proved):
    flat = {
        name.replace("/index.html", ".html"): text.replace("../../", "../")
        .replace("../claims/", "claims.html")
        .replace("time-limits/", "time-limits.html")
        for name, text in SOUND.items()
    }
    sources = {source: address.replace("/index.html", ".html") for source, address in SOURCES.items()}
    broken = flat | {"chapters/claims.html": flat["chapters/claims.html"].replace("claims.html#", "claim.html#")}

    assert proved(flat, sources) == []
    assert proved(broken, sources) == [f"{ONE} 链接通向的文件 'chapters/claim.html#deadlines' 网站里没有；{MEND}。"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('class="facts__row" id="notice"', 'id="notice"'), f"在网页里没有出现；{LOST}"),
        (("<table>", "<table hidden>"), f"在网页里看不见，它在 `<table hidden>` 里；{OUT}"),
    ],
)
def test_a_fact_whose_row_is_missing_or_hidden(change, said, proved):
    assert proved(changed(*change, FACTS)) == [f"{ROW} 事实 'notice' 的一行{said}。"]


def test_a_fact_with_two_rows(proved):
    row = '<tr class="facts__row" id="notice"><td>3日</td></tr>'

    assert proved(changed(row, row * 2, FACTS)) == [
        f"{ROW} 锚点 'notice' 在网页里有 2 处；请改掉其中一个，链接才知道去哪里。"
    ]


@pytest.mark.parametrize(("missing", "path"), [(PLACED, "chapters/placed.md"), (FACTS, "appendix/time-limits.md")])
def test_a_page_that_was_not_built(missing, path, proved):
    sources = {source: address for source, address in SOURCES.items() if address != missing}
    site = {name: text.replace("../../appendix/time-limits/#notice", "") for name, text in SOUND.items()}
    del site[missing]

    assert proved(site, sources) == [f"docs/{path}:1: 网站里没有这一页；请检查 mkdocs.yml 的 exclude_docs 和插件。"]


def test_what_no_author_wrote_is_named_by_the_built_file_once_for_all_pages(proved):
    broken = {name: text.replace("../../icon.png", "../../{{ icon }}.png") for name, text in SOUND.items()}

    (line,) = proved(broken)

    assert line == f"site/{FACTS}:1: 链接通向的文件 '{{{{ icon }}}}.png' 网站里没有；{MEND}。"


def test_all_faults_are_said_at_once(proved):
    text = SOUND[CLAIMS].replace(HEADING, "").replace(item("claims-one"), "").replace("内发出", "{{")

    assert proved(SOUND | {CLAIMS: text}) == [
        f"{ONE} 题目 'claims-one' 在网页里没有出现；{LOST}。",
        f"docs/chapters/claims.md:1: 网页里露出了“{{{{。”；{PLAIN}。",
        f"{DEADLINES} 小节 'deadlines' 在网页里没有出现；{LOST}。",
    ]
