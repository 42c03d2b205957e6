"""Runs as they stand in a source -> the same without its line breaks and needless white space."""

import re
from collections.abc import Iterable
from dataclasses import replace

from handbook.press.tree import Inline, Run, Runs

_SOFT_BREAK = re.compile(r"(?<=[^\x00-\xff])\s*\n\s*|\s*\n\s*(?=[^\x00-\xff])")
_SPACE = re.compile(r"[ \t\n]+")


def tidy(runs: Iterable[Inline]) -> Runs:
    """Join runs that look alike; a break in the source is no space between Chinese characters, U+2028 is a new line."""
    joined: list[Inline] = []
    for run in runs:
        before = joined[-1] if joined else None
        if isinstance(run, Run) and isinstance(before, Run) and replace(run, text=before.text) == before:
            joined[-1] = replace(before, text=before.text + run.text)
        elif not isinstance(run, Run) or run.text:
            joined.append(run)

    return _trimmed(replace(run, text=_spaced(run.text)) if isinstance(run, Run) else run for run in joined)


def _trimmed(runs: Iterable[Inline]) -> Runs:
    """Return runs without white space at the beginning, at the end, and after other white space."""
    found: list[Inline] = []
    ended = True
    for run in runs:
        if isinstance(run, Run):
            shown = replace(run, text=run.text.lstrip(" \n")) if ended else run
            found += [shown] if shown.text else []
            ended = shown.text.endswith((" ", "\n")) if shown.text else ended
        else:
            found.append(run)
    if found and isinstance(last := found[-1], Run):
        found[-1:] = [replace(last, text=stripped)] if (stripped := last.text.rstrip()) else []

    return tuple(found)


def _spaced(characters: str) -> str:
    return re.sub(" ?\u2028 ?", "\n", _SPACE.sub(" ", _SOFT_BREAK.sub("", characters)))
