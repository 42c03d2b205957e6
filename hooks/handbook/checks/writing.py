"""Items -> the signs by which a test-wise reader guesses the key, or by which an item cannot be understood on its own.

Each finding has a code; an author who has looked accepts it with `accept: [code]` on the item or at the top of the file.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, groupby

from handbook.bank.entries import Bank, Entry
from handbook.book import Book
from handbook.items import Item
from handbook.problems import Problem
from handbook.reading.digests import normalised

_ABSOLUTE = re.compile(r"一律|绝不|绝对|必须|从不|永远|任何情况")
_ABOVE = re.compile(r"以上(?:都|皆|全|均)|(?:都|均|全)(?:对|错|正确|错误|不对|不正确)$")
_NEGATIVE = re.compile(
    r"(?:哪|下列|以下).*(?:不正确|错误|不属于|不包括|不符合|不恰当|不妥当|不应该?|不应当)(?:的|$|[？?。])"
)
_ELSEWHERE = re.compile(r"案例[一二三四五六七八九十]|(?:本|上|前|这一|上一)(?:章|节)|[上下]表|[上前]文|如[上下]图")
_NGRAM, _COMMON = 4, 30
_PUNCTUATION = re.compile(r"\W")
_ALIKE, _GIVEN_AWAY = 0.75, 0.9


def problems(book: Book) -> Iterator[Problem]:
    """Yield a warning for each sign, of single items first, then of files, then of pairs."""
    bank = book.bank
    for entry in bank.entries:
        if entry.item.keyed() and not entry.item.judged:
            yield from _in_options(book, entry)
        if _NEGATIVE.search(entry.item.stem) and "**" not in entry.item.stem:
            yield from _said(entry, "negative-stem", "的题干是反着问的，却没有强调", "请把“不”字加粗：**不**", "stem")
        yield from _out_of_context(entry)
    yield from _of_files(book)
    yield from _of_positions(bank)
    yield from _of_pairs(bank)


def _said(entry: Entry, code: str, what: str, mend: str, *inside: str | int) -> Iterator[Problem]:
    if code not in entry.item.accept and code not in entry.accept:
        yield entry.problem(what, f"{mend}；看过认为可以，就给题目加上 `accept: [{code}]`", *inside, warning=True)


def _said_of_file(entry: Entry, code: str, what: str, mend: str) -> Iterator[Problem]:
    if code not in entry.accept:
        hint = f"{mend}；看过认为可以，就在文件开头写 `accept: [{code}]`"
        yield Problem(entry.path, 1, what, hint, warning=True)


def _out_of_context(entry: Entry) -> Iterator[Problem]:
    """An item also stands on papers, in mock exams and in the notebook, away from its chapter."""
    for inside, text in entry.item.texts():
        if inside[-1] in ("stimulus", "stem", "text") and (found := _ELSEWHERE.search(text)):
            what, mend = f"提到“{found[0]}”，印在试卷上就看不懂", "请把需要的情节写进题里"
            yield from _said(entry, "out-of-context", what, mend, *inside)


def _in_options(book: Book, entry: Entry) -> Iterator[Problem]:
    item = entry.item
    options = item.explained([one.name for one in item.offered()])
    absolute = [option.text for option in options if not option.is_key and _ABSOLUTE.search(option.text)]
    if absolute and not any(_ABSOLUTE.search(option.text) for option in options if option.is_key):
        word = _ABSOLUTE.findall(absolute[0])[0]
        yield from _said(entry, "absolute-words", f"只有干扰项用了“{word}”这样的绝对词", "请换个说法", "options")
    if any(_ABOVE.search(option.text.rstrip("。")) for option in options):
        yield from _said(entry, "all-of-above", "用了“以上都对”一类的选项", "请写成实在的选项", "options")
    lengths = [_length(book, option.text) for option in options]
    if max(lengths) > 2.5 * min(lengths) and max(lengths) - min(lengths) > 12:
        what = f"的选项长短悬殊（{min(lengths)} 到 {max(lengths)} 字）"
        yield from _said(entry, "uneven-options", what, "请把选项写得差不多长", "options")
    for index, option in enumerate(options):
        alike = _contained(option.text, option.rationale) and _contained(option.rationale, option.text)
        if alike and len(option.text) > 3:
            what = f"第 {index + 1} 个选项的解析只是重复选项"
            yield from _said(entry, "repeating-rationale", what, "请写明为什么", "options", index, "rationale")


def _of_files(book: Book) -> Iterator[Problem]:
    """Files in which the key is too often the longest option, or too many statements are true, or false."""
    for _, file in groupby(book.bank.entries, key=lambda entry: entry.path):
        entries = list(file)
        singles = [entry.item for entry in entries if entry.item.one_key]
        longest = sum(longest_is_key(book, item) for item in singles)
        chance = sum(1 / len(item.offered()) for item in singles)
        if len(singles) >= 8 and longest > chance + 0.2 * len(singles):
            what = f"{len(singles)} 道单选题里有 {longest} 道的答案是最长的选项"
            yield from _said_of_file(entries[0], "longest-key", what, "请把干扰项写得一样充实")
        judged = [entry.item for entry in entries if entry.item.judged]
        true = sum(item.offered()[0] in item.keyed() for item in judged)
        if len(judged) >= 5 and not 0.25 <= true / len(judged) <= 0.75:
            what = f"{len(judged)} 道判断题里有 {true} 道的答案是“正确”"
            yield from _said_of_file(entries[0], "true-false-balance", what, "请让两种答案大致各半")


def longest_is_key(book: Book, item: Item) -> bool:
    """Tell whether choosing the longest option, the first of equals, finds the key."""
    return max(item.offered(), key=lambda option: _length(book, option.text)) in item.keyed()


def _length(book: Book, text: str) -> int:
    return len(normalised(book.seen(text)))


def positions(bank: Bank) -> dict[int, Counter[int]]:
    """Return, for single items by their number of options, how often the key stands at each place."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for item in bank.items:
        if item.one_key:
            offered = list(item.offered())
            found[len(offered)][offered.index(item.keyed()[0])] += 1

    return found


def _of_positions(bank: Bank) -> Iterator[Problem]:
    if any("key-position" in entry.accept for entry in bank.entries):
        return
    for options, counts in positions(bank).items():
        share = counts.total() / options
        for place in range(options):
            if counts.total() >= 40 and abs(counts[place] - share) > 0.25 * share:
                first = next(e for e in bank.entries if e.item.one_key and len(e.item.offered()) == options)
                letter = chr(ord("A") + place)
                what = f"全库 {counts.total()} 道 {options} 个选项的单选题里，答案在 {letter} 的有 {counts[place]} 道"
                mend = f"请调整选项顺序，使每个位置在 {share:.0f} 道上下"
                yield from _said_of_file(first, "key-position", what, mend)


def _of_pairs(bank: Bank) -> Iterator[Problem]:
    """Stems nearly the same, and keys that another item's stem gives away."""
    stems = {entry.item.id: entry.item.stem for entry in bank.entries if not entry.item.judged}
    for one, two in _sharing(stems):
        if _alike(stems[one], stems[two]) >= _ALIKE and not _enemies(bank, one, two):
            what, mend = f"的题干与题目 '{one}' 几乎一样", "请改考别的，或删掉一道"
            yield from _said(bank.by_id[two], "near-duplicate", what, mend, "stem")
    keys = {e.item.id: key.text for e in bank.entries if e.item.one_key for key in e.item.keyed()}
    long = {name: text for name, text in keys.items() if len(normalised(text)) >= 10}
    for one, two in _sharing(long | {f"{name} ": text for name, text in stems.items()}):
        if not one.endswith(" ") and two.endswith(" "):
            other = two.strip()
            if other != one and _contained(long[one], stems[other]) and not _enemies(bank, one, other):
                what, mend = f"的题干说出了题目 '{one}' 的答案", f"请改写，或写上 `enemies: [{one}]` 让两题不同卷"
                yield from _said(bank.by_id[other], "gives-away", what, mend, "stem")


def _enemies(bank: Bank, one: str, two: str) -> bool:
    return two in bank.by_id[one].item.enemies or one in bank.by_id[two].item.enemies


def _sharing(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield, in a fixed order, the pairs of names whose texts share a run of characters that is not everywhere."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        for gram in _grams(text):
            holders[gram].append(name)
    pairs = (pair for names in holders.values() if 1 < len(names) <= _COMMON for pair in combinations(sorted(names), 2))

    yield from sorted(set(pairs))


@lru_cache(maxsize=50_000)
def _grams(text: str, size: int = _NGRAM) -> frozenset[str]:
    plain = _PUNCTUATION.sub("", normalised(text))
    return frozenset(plain[i : i + size] for i in range(max(1, len(plain) - size + 1)))


def _alike(one: str, two: str) -> float:
    """Return the Jaccard similarity of the texts' pairs of characters, 0 to 1."""
    first, second = _grams(one, 2), _grams(two, 2)
    return len(first & second) / len(first | second)


def _contained(part: str, whole: str) -> bool:
    grams = _grams(part, 2)
    return len(grams & _grams(whole, 2)) >= _GIVEN_AWAY * len(grams)
