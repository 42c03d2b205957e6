"""What is wrong, where, and how to mend it, in the words of the person who can mend it.

Knows nothing of what is checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One finding; prints as `path:line: what；mend。` on one line.

    `path` is relative to the project's root, `line` counts from 1. A problem stops the
    build unless it is a `warning`; `mkdocs build --strict` refuses either.
    """

    path: str
    line: int
    what: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        return " ".join(f"{self.path}:{self.line}: {self.what}；{self.mend}。".splitlines())


class Failure(Exception):
    """Something could not be done; the message says why and how to mend it, in Chinese, and nothing was harmed."""


class Unpublishable(Failure):
    """The site, the machine or the environment lacks something; what was there before has not been touched."""


class Refusal(Exception):
    """Something must not be done as things are; carries the problems that stand in the way."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Unreadable(Refusal):
    """A file that cannot be used at all."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a mend that names the nearest known word, or `otherwise` when none is near."""
    names = list(known)
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)

    return f"请检查拼写，也许是 '{folded[near[0]]}'" if near else otherwise
