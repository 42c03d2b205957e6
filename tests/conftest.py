"""A small project to check and to build: one chapter, one item, and whatever a test changes."""

from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHAPTER = "# 理赔 { #claims }\n\n## 理赔时限 { #deadlines }\n\n拒赔通知书三日内发出。\n"


def write_files(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty handbook with one chapter."""
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", "docs/chapters/claims.md": CHAPTER})
    (tmp_path / "docs/bank").mkdir()

    return tmp_path
