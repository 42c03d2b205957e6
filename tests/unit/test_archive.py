"""The same files make the same zip, and a zip that cannot be written leaves the one before it."""

import errno
from zipfile import ZipFile

import pytest

from handbook.publishing.archive import write_zip
from handbook.publishing.failures import Unpublishable

FILES = {"手册/首页.html": "你好".encode(), "手册/a.txt": b"a" * 1000}


def written(path, files=FILES):
    write_zip(path, files)
    return path.read_bytes()


def test_the_order_files_come_in_does_not_matter(tmp_path):
    backwards = dict(reversed(FILES.items()))

    assert written(tmp_path / "a.zip") == written(tmp_path / "b.zip", backwards)


def test_names_are_marked_as_utf_8_and_files_are_plain(tmp_path):
    write_zip(tmp_path / "a.zip", FILES)

    with ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == ["手册/a.txt", "手册/首页.html"]
    assert all(entry.flag_bits & 0x800 for entry in entries)
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}


@pytest.mark.parametrize(
    ("epoch", "moment"),
    [("1790000000", (2026, 9, 21, 14, 13, 20)), ("0", (1980, 1, 1, 0, 0, 0)), (None, (1980, 1, 1, 0, 0, 0))],
)
def test_dates_come_from_the_environment_whatever_the_time_zone(tmp_path, monkeypatch, epoch, moment):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    write_zip(tmp_path / "a.zip", FILES)

    with ZipFile(tmp_path / "a.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {moment}


def test_a_date_that_is_none_is_said_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "昨天")

    with pytest.raises(Unpublishable, match=r"SOURCE_DATE_EPOCH .*“昨天”") as failure:
        write_zip(tmp_path / "a.zip", FILES)
    assert "\n" not in str(failure.value)


def test_a_full_disk_leaves_the_previous_zip_and_nothing_else(tmp_path, monkeypatch):
    before = written(tmp_path / "a.zip")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ZipFile, "writestr", full)
    with pytest.raises(Unpublishable, match=r"a\.zip: 写不进去（No space left on device）"):
        write_zip(tmp_path / "a.zip", FILES)

    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]
    assert (tmp_path / "a.zip").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "dist").write_text("a file")

    with pytest.raises(Unpublishable, match=r"dist/a\.zip: 写不进去"):
        write_zip(tmp_path / "dist/a.zip", FILES)
