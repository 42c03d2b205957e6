"""The same files make the same zip."""

import io
from zipfile import ZipFile

import pytest

from handbook.files import fixed_moment, zipped
from handbook.problems import Unpublishable

FILES = {"手册/首页.html": "你好".encode(), "手册/a.txt": b"a" * 1000}


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
