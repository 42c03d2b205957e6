"""The parts of a book, held against each other: names that lead nowhere, and things nobody refers to."""

from collections.abc import Iterator

from handbook.book import Book
from handbook.content import flowcharts as charts
from handbook.content.facts import Facts, references
from handbook.content.lookup import cited
from handbook.problems import Problem, did_you_mean


def sections(book: Book) -> Iterator[Problem]:
    """Does every item name a section that is there and says something?"""
    for entry in book.bank.entries:
        name = entry.item.section
        section = book.sections.get(name)
        if section and section.text.strip():
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


def markers(book: Book) -> Iterator[Problem]:
    """Does every marker name items, each in the bank, and each placed once?"""
    bank = book.bank
    first: dict[str, str] = {}
    for page in book.pages.values():
        for line, ids in page.markers:
            if not ids:
                yield Problem(page.path, line, "标记 `<!-- quiz: -->` 里没有题目编号", "请写上编号，或删掉这一行")
            for item in ids:
                if item not in bank.by_id:
                    mend = did_you_mean(item, bank.by_id, "请改正编号，或删掉它")
                    yield Problem(page.path, line, f"题库里没有题目 '{item}'", mend)
                elif item in first:
                    yield Problem(
                        page.path, line, f"题目 '{item}' 已经放在 {first[item]}", "一道题只能出现一次，请删掉一处"
                    )
                first.setdefault(item, f"{page.path}:{line}")


def facts(book: Book) -> Iterator[Problem]:
    """Is every fact that is referred to written down, and every fact written down referred to?"""
    facts = book.facts
    if not facts.complete:  # hundreds of references would hide the one line to mend
        return
    used: set[str] = set()
    for page in book.pages.values():
        for fact_id, breaks in references(page.text):
            used.add(fact_id)
            if fact_id not in facts.lines:
                mend = did_you_mean(fact_id, facts, f"请先把它写进 {facts.path}")
                yield Problem(page.path, breaks + 1, f"没有事实 '{fact_id}'", mend)
    for entry in book.bank.entries:
        for inside, text in entry.item.texts():
            for fact_id, _ in references(text):
                used.add(fact_id)
                if fact_id not in facts.lines:
                    mend = did_you_mean(fact_id, facts, f"请先把它写进 {facts.path}")
                    yield entry.problem(f"引用的事实 '{fact_id}' 不存在", mend, *inside)
    for term in book.lookup.terms.values():
        used |= {fact_id for fact_id, _ in references(term.means)}
    yield from _unused(facts, used)


def _unused(facts: Facts, used: set[str]) -> Iterator[Problem]:
    for fact_id in facts.keys() - used:
        line = facts.lines[fact_id]
        yield Problem(facts.path, line, f"事实 '{fact_id}' 没有被用到", "请在正文中引用它，或删掉它", warning=True)


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
    lookup = book.lookup
    glossary, laws = lookup.paths
    for word, term in lookup.terms.items():
        if term.see and term.see not in book.sections:
            mend = did_you_mean(term.see, book.sections, "请对照章节标题行尾的锚点")
            yield Problem(glossary, lookup.lines[word], f"术语 '{word}' 所指的小节 '{term.see}' 不存在", mend)
    if not lookup.laws:
        return
    listed = {name: law for law in lookup.laws for name in law.names}
    unseen = {law.name for law in lookup.laws}
    for page in (chapter.page for chapter in book.chapters.values()):
        unseen -= {law.name for name, law in listed.items() if name in page.text}
        for name, breaks in cited(page.text):
            if name not in listed:
                mend = did_you_mean(name, listed, f"请写进 {laws}，简称写在 `also`")
                yield Problem(page.path, breaks + 1, f"{name} 不在法规清单里", mend, warning=True)
    for name in sorted(unseen):
        line = lookup.lines[name]
        yield Problem(laws, line, f"法规清单里的{name}没有一章引用", "请删掉它，或在正文注明依据", warning=True)
