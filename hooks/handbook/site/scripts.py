"""A finished page -> the scripts it needs. Knows nothing of what they do."""

_STORE = ("quiz/records.js", "quiz/store.js")
_RECORDS = (*_STORE, "quiz/scoring.js")
_ATTEMPTS = (*_STORE, "exam/attempt.js", "exam/attempts.js", "exam/format.js")
_EXAM_PARTS = ("forms", "crediting", "item", "timer", "sheet", "paper", "start", "summary", "result", "history", "exam")
_SCRIPTS = {
    "": ("dom.js", *_STORE, "progress/chapters.js", "progress/progress.js", "progress/marks.js"),
    "<handbook-item": (*_RECORDS, "quiz/item.js"),
    "<handbook-tally": ("quiz/printing.js", "quiz/confirming.js", "quiz/tally.js"),
    "<handbook-notebook": ("quiz/printing.js", "progress/notebook.js"),
    "<handbook-progress": ("progress/board.js",),
    "<handbook-archive": ("progress/archive.js", "exam/attempt.js", "quiz/confirming.js", "progress/panel.js"),
    "<handbook-exam-record": (*_ATTEMPTS, "exam/record.js"),
    "<handbook-exam ": (*_RECORDS, *_ATTEMPTS, "quiz/confirming.js", *(f"exam/{name}.js" for name in _EXAM_PARTS)),
    "data-sortable": ("tables/tables.js",),
}
"""What a finished page holds, and the scripts, under the assets folder, that it then needs; the first are for all."""


def scripts_of(html: str) -> list[str]:
    """Return the scripts, under the assets folder, that a page needs, in the order in which they are to be loaded."""
    wanted = (script for sign, scripts in _SCRIPTS.items() if sign in html for script in scripts)
    return list(dict.fromkeys(wanted))
