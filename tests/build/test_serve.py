"""`make serve` on a handbook that is faulty from the start: it says so, waits for the mend, and can be stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from tests.conftest import CHAPTER, ROOT, write_files

MKDOCS = """site_name: x
theme: {name: material, language: zh, font: false, custom_dir: overrides}
hooks: [hooks/handbook_hooks.py]
markdown_extensions: [attr_list]
"""
ITEM = """items:
  - id: claims-notice
    type: true_false
    section: claims.md#deadlines
    level: remember
    difficulty: 1
    stem: 拒赔通知书要说明理由。
    options:
      - {text: 正确, key: true, rationale: 对。}
      - {text: 错误, rationale: 错。}
"""
BLUEPRINT = """title: 小样卷
instructions: 先做会的。
minutes: 10
pass_percent: 60
parts: [{type: true_false, count: 1, points: 1}]
mock_forms: 1
"""
SOUND = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# 首页 { #home }\n",
    "docs/chapters/claims.md": CHAPTER,
    "docs/exam/index.md": "# 模拟考试 { #mock-exam }\n",
    "docs/bank/claims.yml": ITEM,
    "docs/bank/blueprints/tiny.yml": BLUEPRINT,
}
WAITS = "改好并保存后会自动继续"
PATIENCE = 60


class Served:
    """A handbook and `tools/serve` as it is started in its folder."""

    def __init__(self, root: Path, host: str, port: int) -> None:
        self.root, self.said, self.address = root, root / "said.txt", f"{host}:{port}"
        command = [sys.executable, ROOT / "tools/serve", "--livereload", "--dev-addr", self.address]
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(command, cwd=root, env=environment, stdout=said, stderr=subprocess.STDOUT)

    def text(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def wait_for(self, condition):
        """Return what the condition returns as soon as that is something; fail when the program ends before."""
        end = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < end, self.text()
            time.sleep(0.2)
        return found

    def page(self) -> str:
        """Return the page of the chapter, or nothing while nobody answers."""
        try:
            with urlopen(f"http://{self.address}/chapters/claims/", timeout=PATIENCE) as answer:
                return answer.read().decode()
        except URLError:
            return ""

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def free():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()


@pytest.fixture
def serve(tmp_path):
    """Start serving a handbook in which some files are as given; whatever happens, nothing goes on serving."""
    started = []

    def start(address=None, **files):
        (tmp_path / "docs").mkdir()
        for name in ("overrides", "hooks", "docs/assets"):
            (tmp_path / name).symlink_to(ROOT / name)
        write_files(tmp_path, {**SOUND, **files})
        started.append(Served(tmp_path, *(address or free())))
        return started[0]

    yield start
    for served in started:
        served.process.kill()
        served.process.wait()


@pytest.mark.parametrize(
    ("path", "faulty", "said"),
    [
        ("mkdocs.yml", "site_name: '\n", r"^mkdocs\.yml:1: 引号没有成对；"),
        ("mkdocs.yml", f"{MKDOCS}plugins: [nowhere]\n", r"""^ERROR .*Config value 'plugins': The "nowhere" plugin"""),
        ("docs/bank/claims.yml", ITEM.replace("true_", "ture_"), r"^docs/bank/claims\.yml:3: .*`ture_false` 不认识；"),
        (
            "docs/bank/blueprints/tiny.yml",
            BLUEPRINT.replace("t: 1", "t: 2"),
            r"^ERROR .*docs/bank/blueprints/tiny\.yml:5:",
        ),
    ],
    ids=["no YAML", "known to MkDocs", "known to us", "found by assembling"],
)
def test_a_fault_at_the_start_is_said_and_waited_for_until_the_page_is_there(serve, path, faulty, said):
    served = serve(**{path: faulty})
    served.wait_for(lambda: WAITS in served.text())
    assert re.search(said, served.text(), re.MULTILINE)
    write_files(served.root, {path: SOUND[path]})
    html = served.wait_for(served.page)

    assert "拒赔通知书要说明理由。" in html
    assert served.text().count(WAITS) == 1
    assert served.stop() == 0
    assert "Traceback" not in served.text()


def test_what_a_reader_would_miss_is_said_and_the_rest_is_shown(serve):
    served = serve(**{"docs/chapters/claims.md": f"{CHAPTER}\n<a href='nowhere.html'>去</a>\n"})
    html = served.wait_for(served.page)

    assert "拒赔通知书要说明理由。" in html
    assert re.search(
        r"^ERROR .*docs/chapters/claims\.md:\d+: 链接通向的文件 '.*nowhere\.html' 网站里没有；",
        served.text(),
        re.MULTILINE,
    )
    assert served.text().count("ERROR") == 1
    assert served.stop() == 0


def test_the_wait_can_be_stopped(serve):
    served = serve(**{"docs/bank/claims.yml": "items: 3\n"})
    served.wait_for(lambda: WAITS in served.text())

    assert served.stop() == 130
    assert "Traceback" not in served.text()


def test_what_no_author_can_mend_is_not_waited_for(serve):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        served = serve(address=taken.getsockname())

        assert served.process.wait(PATIENCE) == 1
    assert "Address already in use" in served.text()
    assert WAITS not in served.text()
