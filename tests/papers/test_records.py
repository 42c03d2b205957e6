"""Records: the same papers again, to the byte, or which item stands in the way; and where an item was used."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from dataclasses import replace

import pytest
from tests.conftest import ROOT

from handbook.bank.entries import Bank
from handbook.cli import main
from handbook.cli import papers as command
from handbook.papers.issuing import issued
from handbook.papers.records import read_record, recorded
from handbook.papers.reprints import Since, restored, uses
from handbook.problems import Refusal, Unpublishable, Unreadable

NAME = "2026-standard-{}-record.json"


@pytest.fixture
def folder(tmp_path, files):
    """A folder with the papers that were printed once, as `handbook paper` leaves it."""
    for name, content in files.items():
        (tmp_path / (name if name.endswith("record.json") else f"2026-standard-A-{name}")).write_bytes(content)

    return tmp_path


def changed(book, item, **values):
    """Return the book with one item changed, or gone without values."""
    entries = [entry for entry in book.bank.entries if values or entry.item.id != item]
    new = [replace(e, item=e.item.model_copy(update=values)) if e.item.id == item else e for e in entries]

    return replace(book, bank=Bank(tuple(new)))


def test_a_record_read_back_is_the_same_record(folder, record):
    assert read_record(folder / record.file_name, "x") == record


def test_the_record_is_plain_sorted_text_without_wording_or_path(folder, record, form):
    text = (folder / record.file_name).read_text(encoding="utf-8")

    assert json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n" == text
    assert [place.item.id for place in form.places] == [item["id"] for item in json.loads(text)["forms"][0]["items"]]
    assert str(ROOT) not in text
    assert next(form.places).item.stem not in text


def test_the_forms_of_a_record_are_the_forms_it_was_made_of(book, record, form):
    assert restored(book, record, "x") == [form]


def test_the_id_depends_on_what_is_printed_and_on_nothing_else(book, form, record):
    other = replace(form, parts=(replace(form.parts[0], places=form.parts[0].places[::-1]), *form.parts[1:]))

    assert recorded(book, [form], 1, commit=None, private=True).id == record.id
    assert recorded(book, [other], 2026, commit=record.commit).id != record.id


@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_record_prints_the_same_bytes_again_in_any_process(folder, record, tmp_path, seed):
    out = tmp_path / "again"
    run = [sys.executable, "-m", "handbook.cli", "paper", "--from", folder / record.file_name, "--out", out]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run(run, cwd=ROOT, env=environment, check=True, capture_output=True)

    again = {path.name: path.read_bytes() for path in out.iterdir()}
    assert again == {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_reprint_that_looks_as_it_did_says_nothing_of_it(folder, record, book, tmp_path, capsys):
    assert command.reprint(book, arguments("--from", str(folder / record.file_name), "--out", str(tmp_path / "a"))) == 0

    assert "版式" not in capsys.readouterr().out


@pytest.mark.parametrize("look", [None, "of another edition"])
def test_a_record_of_another_look_prints_the_same_and_says_so(folder, record, book, capsys, look):
    """The first edition kept no look at all."""
    path, out = folder / record.file_name, folder / "again"
    kept = {**json.loads(path.read_text(encoding="utf-8")), "look": look}
    path.write_text(json.dumps({name: value for name, value in kept.items() if value is not None}), encoding="utf-8")

    assert command.reprint(book, arguments("--from", str(path), "--out", str(out))) == 0

    said = capsys.readouterr().out
    assert said.count("出卷之后版式已更新") == 1
    assert read_record(out / record.file_name, "x") == record  # now of today's look, and of the same id


def test_every_item_that_has_changed_since_is_named_at_its_line(book, record, form):
    first, second, third = [place.item for place in form.places][:3]
    book = changed(book, first.id, stem="换了题干？")
    book = changed(book, second.id)
    book = changed(book, third.id, options=tuple(o.model_copy(update={"rationale": "换了"}) for o in third.options))

    with pytest.raises(Refusal) as altered:
        restored(book, record, "dist/r.json")

    lines = [str(problem) for problem in altered.value.problems]
    assert len(lines) == 3
    assert f"题目 '{first.id}' 在出卷之后改过题干、选项、答案或评分标准；请在出卷时的版本里重印" in lines[0]
    assert "git worktree add ../handbook-0000000000 0000000000" in lines[0]
    assert lines[0].startswith(f"docs/bank/{first.section.partition('.')[0]}.yml:")
    assert lines[1].startswith(f"dist/r.json:1: 题目 '{second.id}' 已经不在题库里；")
    assert f"题目 '{third.id}' 在出卷之后改过解析" in lines[2]


def test_a_record_of_uncommitted_items_says_that_they_are_lost(book, record):
    record = record.model_copy(update={"commit": "abc+"})

    with pytest.raises(Refusal, match="没有留在 git 历史里"):
        restored(changed(book, record.forms[0].items[0].id), record, "x")


def test_nothing_is_written_when_an_item_has_changed(folder, record, tmp_path, book):
    options = arguments("--from", str(folder / record.file_name), "--out", str(tmp_path / "out"), "--force")

    with pytest.raises(Refusal) as altered:
        command.reprint(changed(book, record.forms[0].items[0].id), options)
    assert len(altered.value.problems) == 1
    assert not (tmp_path / "out").exists()


def arguments(*given):
    parser = ArgumentParser()
    commands = parser.add_subparsers()
    command.add_commands(lambda name, *_: commands.add_parser(name))

    return parser.parse_args(["paper", *given])


@pytest.mark.parametrize("damage", ['{"id": ', "[]", '"x"', ""])
def test_a_damaged_record_is_named(tmp_path, damage):
    (tmp_path / "record.json").write_text(damage)

    with pytest.raises(Unreadable, match="x:1: 这不是完整的出卷记录；请找回原来的文件"):
        read_record(tmp_path / "record.json", "x")


def test_a_record_changed_by_hand_is_named(folder, record):
    path = folder / record.file_name
    path.write_text(path.read_text(encoding="utf-8").replace('"points": 2', '"points": 3', 1), encoding="utf-8")

    with pytest.raises(Unreadable, match=f"内容与记录编号 {record.id} 对不上"):
        read_record(path, "x")


@pytest.mark.parametrize("name", ["../../elsewhere", "/elsewhere", "..\\elsewhere", ""])
def test_a_record_cannot_lead_out_of_the_folder(record, tmp_path, name):
    lured = record.model_copy(update={"blueprint_id": name})
    (tmp_path / "record.json").write_text(lured.text, encoding="utf-8")

    with pytest.raises(Unreadable, match="这不是完整的出卷记录"):
        read_record(tmp_path / "record.json", "x")


def test_a_record_with_fewer_items_than_its_blueprint_is_damaged(book, form, tmp_path):
    short = recorded(book, [replace(form, parts=form.parts[:-1])], 1, commit=None)
    (tmp_path / "record.json").write_text(short.text, encoding="utf-8")

    with pytest.raises(Unreadable, match="对不上"):
        read_record(tmp_path / "record.json", "x")


def test_a_record_of_a_private_bank_asks_for_the_bank_again(book, form, tmp_path, capsys):
    private = recorded(book, [form], 1, commit=None, private=True)
    (tmp_path / "p-record.json").write_text(private.text, encoding="utf-8")

    assert command.reprint(book, arguments("--from", str(tmp_path / "p-record.json"))) == 2
    assert "这份记录的题目出自保密题库；请用 --bank 指明它的文件夹。" in capsys.readouterr().err


def test_files_that_are_there_stay_and_are_named(folder, record, book, capsys):
    (folder / record.file_name.replace("record", "other")).write_text("x")
    before = {path: path.read_bytes() for path in folder.iterdir()}

    assert command.reprint(book, arguments("--from", str(folder / record.file_name), "--out", str(folder))) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert (
        "2026-standard-A-试卷.pdf、2026-standard-A-试卷.docx、2026-standard-A-试卷-A3.pdf 等 9 个文件，没有覆盖" in said
    )
    assert "--force" in said
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("library", "said"),
    [
        ("docx", "没有安装 python-docx，DOCX 无法生成"),
        ("segno", "没有安装 segno，答题卡无法生成"),
        ("typst", "没有安装 typst，PDF 无法生成"),
    ],
)
def test_without_a_library_one_line_says_what_to_do(book, form, monkeypatch, library, said):
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(Unpublishable, match=f"^{said}；请运行 `make setup`。$"):
        issued(book, [form], "0", lambda _: None)


def test_what_cannot_be_printed_leaves_the_old_files(folder, record, book, monkeypatch):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(command, "issued", refuse)
    options = arguments("--from", str(folder / record.file_name), "--out", str(folder), "--force")

    with pytest.raises(Unpublishable, match="缺少字体。"):
        command.reprint(book, options)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def refuse(*_):
    raise Unpublishable("缺少字体。")


def test_the_papers_an_item_was_used_in_are_listed(folder, record, form, capsys):
    item = list(form.places)[4].item.id

    assert main(["--config", str(ROOT / "mkdocs.yml"), "affected", item, "--records", str(folder)]) == 0
    said = capsys.readouterr().out
    assert f"记录 {record.id}，细目表 '2026-standard' A 卷第 5 题，题目出卷之后没有改过。" in said
    assert f"题目 '{item}' 在 1 份卷子里用过。" in said


def test_an_unused_item_is_in_no_paper(folder, capsys):
    assert main(["--config", str(ROOT / "mkdocs.yml"), "affected", "no-such-item", "--records", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "在 0 份卷子里用过" in said
    assert "题库里没有题目 'no-such-item'" in said


def test_a_use_says_whether_the_item_has_changed_since(book, record, form):
    item = next(form.places).item.id

    assert [use.since for use in uses(book, record, item)] == [Since.SAME]
    assert [use.since for use in uses(changed(book, item, stem="换了"), record, item)] == [Since.SCORE]
    assert [use.since for use in uses(changed(book, item), record, item)] == [Since.GONE]


def test_a_use_says_so_when_only_what_the_answer_key_prints_has_changed(book, record, form):
    item = next(form.places).item
    options = tuple(option.model_copy(update={"rationale": "换了"}) for option in item.options)

    assert [use.since for use in uses(changed(book, item.id, options=options), record, item.id)] == [Since.PRINT]


def test_a_use_in_a_private_record_asks_for_the_bank(book, form, tmp_path, capsys):
    record = recorded(book, [form], 2026, commit=None, private=True)
    (tmp_path / record.file_name).write_text(record.text, encoding="utf-8")

    main(["--config", str(ROOT / "mkdocs.yml"), "affected", next(form.places).item.id, "--records", str(tmp_path)])

    assert "题目出自保密题库，加上 --bank 才知道改没改过。" in capsys.readouterr().out


def test_records_that_cannot_be_read_are_named_and_the_others_still_listed(folder, form, capsys):
    (folder / "a-record.json").write_text("{")
    item = next(form.places).item.id

    assert main(["--config", str(ROOT / "mkdocs.yml"), "affected", item, "--records", str(folder)]) == 1
    said = capsys.readouterr().out
    assert f"{folder}/a-record.json:1: 这不是完整的出卷记录" in said
    assert "在 1 份卷子里用过" in said


def test_a_folder_of_records_that_is_not_there_is_misuse(capsys):
    assert main(["--config", str(ROOT / "mkdocs.yml"), "affected", "x", "--records", "/nowhere"]) == 2
    assert "/nowhere: 没有这个文件夹" in capsys.readouterr().err
