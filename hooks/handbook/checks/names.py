"""The parts of a book, held against each other: names that lead nowhere, and things nobody refers to."""

from collections.abc import Iterator

from handbook.book import Book
from handbook.content import flowcharts as charts
from handbook.content.lookup import cited
from handbook.problems import Problem, did_you_mean
from handbook.reading.digests import normalised
from handbook.reading.merging import merged


def sections(book: Book) -> Iterator[Problem]:
    """Does every item name a section that is there and says something?"""
    for entry in book.bank.entries:
        name = entry.item.section
        section, view = book.sections.get(name), book.views.get(name)
        if section and (not view or view.pieces):  # what cannot be seen at all is said of its heading
            continue
        if section:
            yield entry.problem(f"的小节 '{name}' 下面没有正文", "请改为写着答案的下级小节", "section")
            continue
        page, _, anchor = name.partition("#")
        titled = [s.name for s in book.sections.values() if anchor and anchor in (s.title, s.title.replace(" ", "-"))]
        otherwise = f"'{page}' 里没有这个锚点，请对照章节标题行尾的 {{ #… }}"
        if page not in book.chapters:
            otherwise = f"章节文件有：{'、'.join(book.chapters)}"
        if now := book.moved(entry):
            mend = f"复核过的正文现在叫 '{now}'，请改成它"
        elif titled:
            mend = f"锚点要用英文，请写成 '{titled[0]}'"
        else:
            mend = did_you_mean(name, book.sections, otherwise)
        yield entry.problem(f"所指的小节 '{name}' 不存在", mend, "section")


def headings(book: Book) -> Iterator[Problem]:
    """Does a reader see every section, and is every heading that a reader sees the beginning of one?"""
    for name, section in book.sections.items():
        if section.anchor and name not in book.views:
            what, mend = f"小节“{section.title}”在网页上看不到", "它写在隐藏的内容里；请移出来，或者删掉它"
            yield Problem(book.chapters[section.page].page.path, section.line, what, mend)
    for name, view in book.views.items():
        page = book.chapters[name.partition("#")[0]].page
        known = {normalised(section.title) for section in page.sections}
        if name not in book.sections and normalised(view.title) not in known and not merged(page.text).conflicts:
            line = next((n for n, text in enumerate(page.text.split("\n"), 1) if view.title in text), 1)
            mend = f"请写成单独一行 `{'#' * view.level} {view.title} {{ #英文名 }}`"
            yield Problem(page.path, line, f"标题“{view.title}”的写法不对，题目认不出来", mend)


def enemies(book: Book) -> Iterator[Problem]:
    """Are enemies in the bank, and without a stimulus in common, so that a form can hold either?"""
    bank = book.bank
    for entry in bank.entries:
        item = entry.item
        for index, name in enumerate(item.enemies):
            other = bank.by_id.get(name)
            if not other:
                mend = did_you_mean(name, bank.by_id, "请改正编号，或删掉它")
                yield entry.problem(f"的互斥题 '{name}' 不在题库", mend, "enemies", index)
            elif item.stimulus and (item.type, item.stimulus) == (other.item.type, other.item.stimulus):
                mend = "同一段材料的题总在一起出，请删掉互斥，或删掉其中一道题"
                yield entry.problem(f"与互斥题 '{name}' 共用一段材料", mend, "enemies", index)


def clashes(book: Book) -> Iterator[Problem]:
    """Does no private item bear the id of a public one, so that papers, records and responses can tell them apart?"""
    public = book.public.bank.by_id if book.public else {}
    for entry in book.bank.entries:
        if other := public.get(entry.item.id):
            where = f"{other.path}:{other.line()}"
            yield entry.problem(f"的编号与公开题库 {where} 的题目相同", "请换一个编号", "id")


def former(book: Book) -> Iterator[Problem]:
    """Is every id that an item had before still that item's alone?"""
    for entry in book.bank.entries:
        for index, name in enumerate(entry.item.formerly):
            other = book.bank.by_id.get(name) or book.bank.former[name]
            if other is not entry:
                what = f"以前的编号 '{name}' 又用在题目 '{other.item.id}'"
                yield entry.problem(what, "请换一个编号，用过的编号不再使用", "formerly", index)


def flowcharts(book: Book) -> Iterator[Problem]:
    """Can every flowchart be drawn?"""
    for page in book.pages.values():
        for source, line in charts.sources(page.text):
            try:
                charts.drawn(source, "chart")
            except charts.Undrawable as undrawable:
                what, _, mend = str(undrawable).partition("；")
                yield Problem(page.path, line, what, mend)


def lookup(book: Book) -> Iterator[Problem]:
    """Does every term lead to a section, is every law that is cited listed, and every law that is listed cited?"""
    for word, term in book.terms.items():
        if term.see and term.see not in book.sections:
            mend = did_you_mean(term.see, book.sections, "请对照章节标题行尾的锚点")
            yield Problem(*book.terms.place(word), f"术语 '{word}' 所指的小节 '{term.see}' 不存在", mend)
    if not book.laws:
        return
    file = book.settings.shown(book.settings.laws)
    listed = [name for law in book.laws.values() for name in law.names]
    for page in (chapter.page for chapter in book.chapters.values()):
        for name, breaks in cited(page.text):
            if name not in listed:
                mend = did_you_mean(name, listed, f"请写进 {file}，简称写在 `also`")
                yield Problem(page.path, breaks + 1, f"{name} 不在法规清单里", mend, warning=True)
    for number, law in book.laws.items():
        if not book.citing(law):
            what = f"法规清单里的{law.name}没有一章引用"
            yield Problem(*book.laws.place(number), what, "请删掉它，或在正文注明依据", warning=True)
