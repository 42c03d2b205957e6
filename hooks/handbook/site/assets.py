"""A finished page -> the scripts and style sheets it needs; and those that lie beside the kinds of items, not under docs.

Knows nothing of what they do.
"""

from pathlib import Path

from handbook.items import FOLDER, KINDS

_STORE = ("quiz/responses.js", "quiz/store.js")
_KINDS = {
    kind: sorted(path.name for path in (FOLDER / kind).iterdir() if path.suffix in {".js", ".css"}) for kind in KINDS
}
_ATTEMPTS = (*_STORE, "exam/attempt.js", "exam/attempts.js", "exam/format.js")
_EXAM_PARTS = ("forms", "crediting", "item", "timer", "sheet", "paper", "start", "summary", "result", "past", "exam")
_NEEDED = {
    "": ("dom.js", *_STORE, "progress/chapters.js", "progress/renamed.js", "progress/progress.js", "progress/marks.js"),
    **{
        f'data-kind="{kind}"': ("quiz/kinds.js", "quiz/dragging.js", *(f"items/{kind}/{name}" for name in names))
        for kind, names in _KINDS.items()
    },
    "<handbook-item": ("quiz/item.js",),
    "<handbook-tally": ("quiz/printing.js", "quiz/confirming.js", "quiz/tally.js"),
    "<handbook-notebook": ("quiz/printing.js", "progress/notebook.js"),
    "<handbook-progress": ("progress/board.js",),
    "<handbook-archive": ("progress/archive.js", "exam/attempt.js", "quiz/confirming.js", "progress/panel.js"),
    "<handbook-exam-card": (*_ATTEMPTS, "exam/card.js"),
    "<handbook-exam ": (*_ATTEMPTS, "quiz/confirming.js", *(f"exam/{name}.js" for name in _EXAM_PARTS)),
    "data-sortable": ("tables/tables.js",),
}
"""What a finished page holds, and the files, under the assets folder, that it then needs; the first are for all."""


def needed(html: str | None, ending: str) -> list[str]:
    """Return the files of one kind (`.js`) that a page needs, or all, under the assets folder, in the order to load them in."""
    names = (name for sign, names in _NEEDED.items() if html is None or sign in html for name in names)
    return [name for name in dict.fromkeys(names) if name.endswith(ending)]


def of_kinds() -> dict[str, Path]:
    """Return the files that lie beside the kinds of items, by their place under the docs folder."""
    return {f"assets/items/{kind}/{name}": FOLDER / kind / name for kind, names in _KINDS.items() for name in names}
