"""`handbook offline`: the handbook as a zip for computers without network."""

import argparse
from pathlib import Path

from handbook.archive import zipped
from handbook.book import Book
from handbook.checks.all import all_problems
from handbook.cli.reporting import IN_ORDER, Commands, report
from handbook.files import write_whole
from handbook.offline import folder


def add_commands(add: Commands) -> None:
    """Declare the command."""
    offline = add("offline", write_offline, "生成离线手册：解压后双击就能打开的压缩包")
    offline.add_argument("--out", type=Path, metavar="文件", help="写到这里（默认：dist/handbook-offline.zip）")


def write_offline(book: Book, options: argparse.Namespace) -> int:
    """Build the site for file:// and pack it; whatever stands in the way leaves the previous zip as it was."""
    if problems := all_problems(book):
        return report(problems)
    target = options.out or book.settings.root / "dist/handbook-offline.zip"
    print("正在生成离线手册 …", flush=True)
    files = folder(book, options.config, target.parent)
    write_whole(target, zipped(files))
    print(f"已写入 {target}：{len(files)} 个文件，{target.stat().st_size / 1e6:.1f} MB。")

    return IN_ORDER
