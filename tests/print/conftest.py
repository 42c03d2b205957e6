"""A small handbook with every type of item, a flowchart, a table and callouts, built once and printed once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, write_files

MKDOCS = """site_name: 样书
copyright: 文字以 CC BY 4.0 发布。
theme: {name: material, custom_dir: overrides, language: zh, font: false}
hooks: [hooks/handbook_hooks.py]
nav:
  - 首页: index.md
  - 章节: [chapters/sample.md, chapters/other.md]
  - 附录: [appendix/time-limits.md, appendix/terms.md]
  - 培训师: [trainers.md]
markdown_extensions: [admonition, attr_list, tables, toc: {permalink: true}, pymdownx.details, pymdownx.superfences]
validation: {anchors: warn}
extra:
  handbook:
    print: {company: '{{ company-name }}', groups: [附录]}
"""
FACTS = """facts:
  company-name: {topic: 公司, title: 公司全称, value: 样例公司, basis: 执照, status: company, checked: 2026-01-01}
  reply: {topic: 投诉, title: 答复期限, value: 15日, basis: 办法第18条, status: law, checked: 2026-01-01}
  unused: {topic: 投诉, title: 别的期限, value: 60日, basis: 办法第43条, status: law, checked: 2026-01-01}
"""
SAMPLE = r"""# 样例章 { #sample }

!!! abstract "学完本章，你能够"

    - 先听完，再登记；

## 第一节 { #first }

受理投诉时先听完，再登记，{{ reply }} 内答复，见[另一节](other.md#more)和[说明](../trainers.md)。

1. 先问清是谁来电；
2. 再逐项登记下来。

```mermaid
flowchart TD
    accTitle: 受理流程
    accDescr: 先听，后记。
    A[先听完] --> B{听清了吗}
    B -- 是 --> C[登记]
    B -- 否 --> A
```

## 第二节 { #second }

| 客户说 | 坐席做 |
| --- | --- |
| “太慢了” | 登记，见<https://example.org/rules> |

??? note "折叠的说明"

    折起来的字也要印出来。

排版符号 #x $y$ @z // `<a>` \*b\* `\d` [[[[ 照样印，外面的[规定](https://example.org/long)也写出网址。

### 更细的一节 { #deeper }

答复以书面为准。
"""
FILES = {
    "mkdocs.yml": MKDOCS,
    "docs/facts.yml": FACTS,
    "docs/index.md": "# 首页 { #home }\n\n- [理赔](chapters/sample.md)\n\n<!-- pdf -->\n",
    "docs/trainers.md": "# 培训师 { #trainers }\n\n这一页不印，{{ unused }}。\n",
    "docs/chapters/sample.md": SAMPLE,
    "docs/chapters/other.md": "# 另一章 { #other }\n\n## 还有 { #more }\n\n别的内容。\n",
    "docs/appendix/terms.md": "# 行话 { #terms }\n\n## 登记 { #register }\n\n见[第一节](../chapters/sample.md#first)。\n",
}


class Project:
    """A laid-out handbook; `run` is what someone types."""

    def __init__(self, root: Path) -> None:
        self.root = root
        write_files(root, FILES)
        bank = (ROOT / "tests/browser/site/docs/bank/sample.yml").read_text(encoding="utf-8")
        write_files(root, {"docs/bank/sample.yml": bank.replace("sample.md#second", "sample.md#deeper")})
        for name in ("overrides", "hooks", "docs/assets"):
            (root / name).symlink_to(ROOT / name)
        self.build()

    def build(self, site: str = "site") -> None:
        self._python("mkdocs", "build", "-q", "-d", site).check_returncode()

    def run(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return self._python("handbook.cli", "pdf", *arguments, **environment)

    def _python(self, module: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        path = os.pathsep.join([environment.pop("blocked", ""), os.environ.get("PYTHONPATH", "")])
        settled = {
            **os.environ,
            "PYTHONPATH": path,
            "NO_MKDOCS_2_WARNING": "1",
            "SOURCE_DATE_EPOCH": "1700000000",
            **environment,
        }
        return subprocess.run(command, cwd=self.root, env=settled, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> Project:
    """The handbook after `handbook pdf`."""
    project = Project(tmp_path_factory.mktemp("print"))
    done = project.run()
    assert done.returncode == 0, done.stdout + done.stderr

    return project


@pytest.fixture(scope="session")
def pdf(printed) -> Path:
    return printed.root / "site/pdf/handbook.pdf"
