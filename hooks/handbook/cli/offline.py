"""`handbook offline`: the handbook as a zip for computers without network."""

import argparse
from pathlib import Path

from handbook.book import Book
from handbook.checks import all_problems
from handbook.cli.reporting import IN_ORDER, Commands, misuse, report
from handbook.publishing.archive import write_zip
from handbook.publishing.failures import Unpublishable
from handbook.publishing.offline import folder


def add_commands(add: Commands) -> None:
    """Declare the command."""
    offline = add("offline", write_offline, "生成离线手册：解压后双击就能打开的压缩包。")
    offline.add_argument("--output", type=Path, metavar="文件", help="写到哪里（默认：dist/handbook-offline.zip）")


def write_offline(book: Book, options: argparse.Namespace) -> int:
    """Build the site for file:// and pack it; whatever stands in the way leaves the previous zip as it was."""
    if problems := all_problems(book):
        return report(problems)
    root = book.settings.root
    target = options.output or root / "dist/handbook-offline.zip"
    print("正在生成离线手册 …", flush=True)
    try:
        files = folder(book, target.parent, root / "site/pdf")
        write_zip(target, files)
    except Unpublishable as failure:
        return misuse(str(failure))
    print(f"已写入 {target}：{len(files)} 个文件，{target.stat().st_size / 1e6:.1f} MB。")

    return IN_ORDER
