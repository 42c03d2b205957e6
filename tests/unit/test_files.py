"""Files are written all or none, and the same files make the same zip."""

import errno
import io
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from handbook.files import Unwritable, fixed_moment, write_together, write_whole, zipped
from handbook.problems import Unpublishable

FILES = {"手册/首页.html": "你好".encode(), "手册/a.txt": b"a" * 1000}
NEW = {"a": b"new a", "b": b"new b", "c": b"new c"}


def contents(folder):
    """Return every file below a folder, and None for a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.fixture
def fails(monkeypatch):
    """Let the n-th call of a method of Path fail for want of space, as often as it is asked to."""

    def arrange(method, number):
        real, calls = getattr(Path, method), []

        def call(self, *arguments):
            calls.append(self)
            if len(calls) == number:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(self, *arguments)

        monkeypatch.setattr(Path, method, call)
        return calls

    return arrange


def test_files_that_belong_together_replace_the_old_ones_and_leave_the_others(tmp_path):
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "other").write_bytes(b"other")

    write_together(tmp_path, NEW)

    assert contents(tmp_path) == {**NEW, "other": b"other"}


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_when_one_of_several_files_fails_all_are_as_they_were(tmp_path, fails, method, number):
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    before = contents(tmp_path)
    calls = fails(method, number)

    with pytest.raises(Unwritable) as failure:
        write_together(tmp_path, NEW)

    assert len(calls) >= number
    assert contents(tmp_path) == before
    name = list(NEW)[number - 1]
    said = f"{tmp_path / name}: 写不进去（No space left on device）；请检查文件夹、权限和磁盘空间，原来的文件没有动。"
    assert str(failure.value) == said


def test_a_folder_in_the_place_of_a_file_is_named_and_nothing_is_replaced(tmp_path):
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").mkdir()
    before = contents(tmp_path)

    with pytest.raises(Unwritable, match="/b: 写不进去"):
        write_together(tmp_path, NEW)

    assert contents(tmp_path) == before


def test_stopping_by_hand_leaves_the_old_files(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old a")

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", b"new a")

    assert contents(tmp_path) == {"a": b"old a"}


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"x")

    with pytest.raises(Unwritable, match="/file/out: 写不进去"):
        write_together(tmp_path / "file/out", NEW)
    with pytest.raises(Unwritable, match="/file: 写不进去"):
        write_whole(tmp_path / "file/out", b"")


def entries(archive):
    with ZipFile(io.BytesIO(archive)) as files:
        assert files.testzip() is None
        return files.infolist()


def test_the_order_files_come_in_does_not_matter():
    assert zipped(FILES) == zipped(dict(reversed(FILES.items())))


def test_names_are_marked_as_utf_8_and_files_are_plain():
    found = entries(zipped(FILES))

    assert [entry.filename for entry in found] == ["手册/a.txt", "手册/首页.html"]
    assert all(entry.flag_bits & 0x800 for entry in found)
    assert {entry.external_attr >> 16 for entry in found} == {0o100644}


@pytest.mark.parametrize(
    ("epoch", "moment"),
    [("1790000000", (2026, 9, 21, 14, 13, 20)), ("0", (1980, 1, 1, 0, 0, 0)), (None, (1980, 1, 1, 0, 0, 0))],
)
def test_dates_come_from_the_environment(monkeypatch, epoch, moment):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert {entry.date_time for entry in entries(zipped(FILES, fixed_moment()))} == {moment}


@pytest.mark.parametrize("epoch", ["昨天", "-1", "1.5", "²", "4354819200", "9" * 5000])
def test_a_date_that_is_none_is_said_in_one_line(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    with pytest.raises(Unpublishable, match=rf"SOURCE_DATE_EPOCH .*“{epoch}”") as failure:
        fixed_moment()
    assert "\n" not in str(failure.value)
