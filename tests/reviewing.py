"""A small book that somebody has reviewed, and what may happen to it: for those who try what must be read again."""

from datetime import date
from pathlib import Path

from tests.conftest import ROOT, write_files

from handbook.book import Book, read_book
from handbook.review.recording import record
from handbook.review.sync import whole

CHAPTER, FACTS, BANK, LAWS = "docs/chapters/claims.md", "docs/facts.yml", "docs/bank/claims.yml", "docs/laws.yml"
ITEMS = ("pay-limit", "pay-judge", "refuse-notice", "papers-order")
FILES = {
    "mkdocs.yml": "site_name: 小手册\n",
    CHAPTER: """# 理赔 { #claims }

## 时限 { #deadlines }

达成协议后 {{ payment }} 内支付。拒赔的当日通知。合同另有约定的除外（《甲法》）。

## 材料 { #papers }

1. 收到的材料先登记。
2. 再核对材料，缺的一次说清。
""",
    FACTS: """facts:
  payment: {topic: 理赔, title: 支付赔款, value: 10日, days: calendar, basis: 《甲法》第1条, status: law, checked: 2026-01-01, note: 自达成协议起算。}
  notice: {topic: 理赔, title: 补件通知, value: 3日, basis: 公司制度, status: company, checked: 2026-01-02}
""",
    LAWS: "laws:\n  - {name: 《甲法》, number: 第1号, since: '2020-01-01', status: law}\n",
    BANK: """items:
  - id: pay-limit
    type: single
    section: claims.md#deadlines
    evidence: ['达成协议后 {{ payment }} 内支付']
    level: remember
    difficulty: 1
    stem: 多久支付？
    options:
      - {text: '{{ payment }} 内', key: true, rationale: 法律写明。}
      - {text: 六十日内, rationale: 那是别的期限。}
  - id: pay-judge
    type: true_false
    section: claims.md#deadlines
    evidence: ['达成协议后 {{ payment }} 内支付']
    level: remember
    difficulty: 1
    stem: 支付赔款有时限。
    options:
      - {text: 正确, key: true, rationale: 法律写明。}
      - {text: 错误, rationale: 法律写明有。}
  - id: refuse-notice
    type: true_false
    section: claims.md#deadlines
    evidence: [拒赔的当日通知]
    level: remember
    difficulty: 1
    stem: 拒赔可以隔天再通知。
    options:
      - {text: 正确, rationale: 要当日。}
      - {text: 错误, key: true, rationale: 要当日。}
  - id: papers-order
    type: short_answer
    section: claims.md#papers
    evidence: [收到的材料先登记, 再核对材料]
    level: remember
    difficulty: 1
    stem: 收到材料怎么办？
    model_answer: 先登记，再核对。
    rubric: [{criterion: 先登记再核对, points: 2}]
""",
}


def write_reviewed(root: Path) -> Path:
    """Write the book, all of it reviewed by 王老师."""
    write_files(root, FILES)
    (root / "overrides").symlink_to(ROOT / "overrides")
    review(root, *ITEMS)

    return root


def read(root: Path) -> Book:
    return read_book(root / "mkdocs.yml")


def review(root: Path, *items: str, reviewer: str = "王老师") -> None:
    """Record that somebody has read some items as they are."""
    book = read(root)
    record(book, [whole(book, name, reviewer, date(2026, 3, 1)) for name in items])


def change(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    write_files(root, {path: text.replace(before, after)})
