"""Front-end libraries that npm has installed -> files of the site, each with its licence beside it.

package.json says which version; nothing is fetched when the site is built or opened.
"""

from collections.abc import Collection
from pathlib import Path

from handbook.problems import Failure

_SCRIPTS = {"assets/vendor/iframe-worker.js": "iframe-worker/shim/index.js"}
"""Where a library stands in the site, and its script under node_modules."""


def vendored(root: Path, wanted: Collection[str]) -> dict[str, str]:
    """Return the files of the libraries whose addresses are wanted, by address. Raises Failure."""
    files = {}
    for address, script in _SCRIPTS.items():
        if address in wanted:
            package = script.partition("/")[0]
            files[address] = _installed(root, script)
            files[address.removesuffix(".js") + ".LICENSE.txt"] = _installed(root, f"{package}/LICENSE")

    return files


def _installed(root: Path, name: str) -> str:
    try:
        return (root / "node_modules" / name).read_text(encoding="utf-8")
    except OSError:
        raise Failure(f"没有找到 node_modules/{name}；请先运行 `make setup`。") from None
