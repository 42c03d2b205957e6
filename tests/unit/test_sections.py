"""Every paragraph belongs to exactly one section."""

import pytest

from handbook.content.sections import read_page

TEXT = """---
title: "# 不是标题"
description: 一句话
---

# 理赔 { #claims }

## 时限 { #deadlines }

前一段。

```
## 代码里的不是标题 { #code }
```

### 例外 { #exceptions }

<!-- quiz: a-item, b-item -->
后一段。
"""


def test_sections_end_at_the_next_heading_of_any_level():
    page, problems = read_page(TEXT, "claims.md", "docs/chapters/claims.md")

    assert problems == []
    assert [(section.anchor, section.level, section.line) for section in page.sections] == [
        ("claims", 1, 6),
        ("deadlines", 2, 8),
        ("exceptions", 3, 16),
    ]
    assert "## 代码里的不是标题 { #code }" in page.sections[1].text
    assert "后一段。" in page.sections[2].text
    assert "后一段。" not in page.sections[1].text


def test_markers_know_their_line():
    page, _ = read_page(TEXT, "claims.md", "docs/chapters/claims.md")

    assert [(marker.line, marker.ids) for marker in page.markers] == [(18, ("a-item", "b-item"))]


def test_a_page_knows_its_title_and_description():
    page, _ = read_page(TEXT, "claims.md", "docs/chapters/claims.md")

    assert (page.title, page.description) == ("理赔", "一句话")


def test_a_heading_without_an_anchor_is_named_with_its_line():
    _, problems = read_page("# 理赔 { #claims }\n\n## 报案\n", "claims.md", "docs/chapters/claims.md")

    assert [str(p) for p in problems] == ["docs/chapters/claims.md:3: 标题“报案”没有锚点；请在行尾加上 { #英文名 }。"]


@pytest.mark.parametrize("written", ['"一句话"', "'一句话'", ">-\n  一句话", "一句话 # 附注"])
def test_a_description_is_read_as_yaml_and_bears_no_quotes(written):
    page, problems = read_page(TEXT.replace("一句话", written), "claims.md", "docs/chapters/claims.md")

    assert problems == []
    assert page.description == "一句话"
