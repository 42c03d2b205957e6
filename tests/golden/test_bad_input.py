"""Each `*.case` file holds the files of a small handbook and, after `=== messages`, all that the check says of it."""

import re
from pathlib import Path

import pytest
from tests.conftest import write_files

from handbook.cli import main

CASES = sorted((Path(__file__).parent / "bad-input").glob("*.case"))


def parts(case: Path) -> dict[str, str]:
    """Return the text below each `=== name` line."""
    names_and_texts = re.split(r"^=== (.+)\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

    return dict(zip(names_and_texts[::2], names_and_texts[1::2], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_check_says_exactly_this(case, project, capsys):
    files = parts(case)
    expected = files.pop("messages")
    write_files(project, files)

    code = main(["--config", str(project / "mkdocs.yml"), "check"])

    assert expected == capsys.readouterr().out
    assert code == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("items: 理赔\n".encode("gbk"), "docs/bank/claims.yml:1: 文件不是 UTF-8 编码；请用编辑器另存为 UTF-8。"),
        (
            b"\xef\xbb\xbfitems: []\n",
            "docs/bank/claims.yml:1: 文件开头有 BOM 标记；请用编辑器另存为“UTF-8（无 BOM）”。",
        ),
        (b"#" * 10_000_000, "docs/bank/claims.yml:1: 文件有 10.0 MB，超过上限 2 MB；请拆成几个文件。"),
        (b"items: \x00\n", "docs/bank/claims.yml:1: 文件里有 YAML 不允许的字符；请删除看不见的控制字符。"),
        (
            b"items: " + b"[" * 2_000 + b"]" * 2_000,
            "docs/bank/claims.yml:1: 嵌套层次太深；请检查方括号和花括号是否成对。",
        ),
    ],
    ids=["gbk", "bom", "ten megabytes", "control character", "deep nesting"],
)
def test_an_unusable_file_is_named(content, message, project, capsys):
    write_files(project, {"docs/bank/claims.yml": content})

    code = main(["--config", str(project / "mkdocs.yml"), "check"])

    assert [message, "共 1 处问题。"] == capsys.readouterr().out.splitlines()
    assert code == 1


def test_a_missing_mkdocs_yml_is_misuse(tmp_path, capsys):
    assert main(["--config", str(tmp_path / "mkdocs.yml"), "check"]) == 2
    assert "找不到这个文件" in capsys.readouterr().err
