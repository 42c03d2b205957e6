"""The file of the card is read whole, and phrases are found where the scripts have them."""

from tests.conftest import write_files

from handbook.content.pocket_card import Phrases, phrases, read_card
from handbook.content.sections import read_page

SCRIPTS = """# 话术 { #scripts }

| 情境 | 可以这样说 | 不要这样说 |
| :--- | --- | --- |
| 客户哭了 | “我在听。” | “别哭。” |
| 要转账 | “先 \\| 停。” | |

| 客户问 | 坐席答 | 依据 |
| --- | --- | --- |
| 客户骂人 | 不争 | 无 |

```text
| 情境 | 可以这样说 | 不要这样说 |
| 写法 | “照抄” | “不写” |
```
"""


def scripts(text):
    return read_page(text, "scripts.md", "docs/scripts.md")[0]


def test_panels_keep_the_order_in_which_they_are_written(tmp_path):
    write_files(tmp_path, {"card.yml": "panels:\n  z: {title: 甲, say: [客户哭了]}\n  a: {title: 乙, text: 丙}\n"})

    card, problems = read_card(tmp_path / "card.yml", "card.yml")

    assert problems == []
    assert [(name, panel.title) for name, panel in card.items()] == [("z", "甲"), ("a", "乙")]


def test_a_handbook_need_not_have_a_card(tmp_path):
    card, problems = read_card(tmp_path / "card.yml", "card.yml")

    assert (dict(card), problems) == ({}, [])


def test_phrases_come_from_tables_of_phrases_alone():
    assert phrases([scripts(SCRIPTS)]) == {
        "客户哭了": Phrases("“我在听。”", "“别哭。”"),
        "要转账": Phrases("“先 \\| 停。”", ""),
    }


def test_the_first_of_two_situations_alike_counts():
    again = SCRIPTS.replace("我在听", "您慢慢说")

    assert phrases([scripts(SCRIPTS), scripts(again)])["客户哭了"].say == "“我在听。”"
