"""`handbook pdf | offline | prepare`: the site on paper, as a zip for computers without network, and for Zensical."""

import argparse
from pathlib import Path

from rich.console import Console

from handbook.book import Book
from handbook.checks import all_problems, today
from handbook.cli.reporting import IN_ORDER, Commands, misuse, report
from handbook.files import fixed_moment, write_whole, zipped
from handbook.offline import folder


def add_commands(add: Commands) -> None:
    """Declare the commands of this module."""
    command = add("pdf", print_pdf, "把生成好的网站印成 PDF，并核对没有漏掉内容")
    command.add_argument("--chapter", default="", metavar="章节", help="只印一章，例如 claims")
    command.add_argument("--all", action="store_true", help="全书一册，每章一册，再加口袋卡")
    command.add_argument("--without-answers", action="store_true", help="书末不附参考答案")
    command.add_argument("--out", type=Path, metavar="文件", help="写到这里（默认：网站的 pdf 文件夹）")
    command.add_argument("--site", type=Path, metavar="文件夹", help="生成好的网站（默认：mkdocs.yml 的 site_dir）")
    command = add("offline", write_offline, "生成离线手册：解压后双击就能打开的压缩包")
    command.add_argument("--out", type=Path, metavar="文件", help="写到这里（默认：dist/handbook-offline.zip）")
    command = add("prepare", prepare, "备好一个文件夹，让 Zensical 也能生成网站")
    command.add_argument("folder", type=Path, metavar="文件夹", help="写到这里；要还没有的文件夹")


def print_pdf(book: Book, options: argparse.Namespace) -> int:
    """Print the handbook, one chapter, or everything."""
    if options.all and (options.chapter or options.out):
        return misuse("--all 不能与 --chapter 或 --out 同时用；请去掉一个。")
    if options.chapter and options.chapter not in book.chapter_stems:
        known = "、".join(book.chapter_stems)
        return misuse(f"没有章节 '{options.chapter}'；请从这些里选：{known}。")
    _print(book, options)

    return IN_ORDER


def _print(book: Book, options: argparse.Namespace) -> None:
    from handbook.pdf.printing import Press  # noqa: PLC0415 -- slow to load for the other commands

    site, answers = options.site or book.settings.site, not options.without_answers
    console = Console()
    with console.status("准备排版") as status:
        press = Press(book, site, status.update)
        one = press.parts.text(options.chapter, answers=answers)
        targets = {site / part.address: part for part in press.parts.all(answers=answers)} if options.all else {}
        for printed in press.print(targets or {options.out or site / one.address: one}):
            how = "已写好" if printed.anew else "没有变化，沿用上次排好的"
            console.print(f"{printed.path}：{printed.pages} 页，{how}。", markup=False, highlight=False, soft_wrap=True)
        press.tidy()


def write_offline(book: Book, options: argparse.Namespace) -> int:
    """Build the site for file:// and pack it; whatever stands in the way leaves the previous zip as it was."""
    if problems := all_problems(book, today()):
        code = report(problems)
        print("离线手册没有生成；请先解决上面的问题，原来的文件没有动。")
        return code
    target = options.out or book.settings.root / "dist/handbook-offline.zip"
    print("正在生成离线手册 …", flush=True)
    files = folder(book, target.parent)
    write_whole(target, zipped(files, fixed_moment()))
    print(f"已写入 {target}：{len(files)} 个文件，{target.stat().st_size / 1e6:.1f} MB。")

    return IN_ORDER


def prepare(book: Book, options: argparse.Namespace) -> int:
    """Write what Zensical needs, which runs no hooks."""
    from handbook.site.zensical import write_folder  # noqa: PLC0415 -- slow to load for the other commands

    if options.folder.exists():
        return misuse(f"{options.folder}: 已经有了；请换一个名字，或先删掉它。")
    write_folder(options.config, options.folder)
    print(f"已备好；请运行 `zensical build -f {options.folder / 'mkdocs.yml'}`。")

    return IN_ORDER
