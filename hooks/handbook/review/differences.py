"""Two versions of a text -> their differences word by word, for a person to read."""

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_AROUND = 24


def differences(before: str, after: str) -> str:
    """Return the changed places with a few characters around them, `在【删：15】【增：10】日内`; nothing when there are none.

    Numbers and Latin words count as one word, a Chinese character as one.
    """
    old, new = _WORD.findall(_flat(before)), _WORD.findall(_flat(after))
    pieces = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if kind == "equal":
            pieces.append(gone if len(gone) <= 2 * _AROUND else f"{gone[:_AROUND]} …… {gone[-_AROUND:]}")
        else:
            pieces.append((f"【删：{gone}】" if gone.strip() else "") + (f"【增：{come}】" if come.strip() else ""))

    return _trimmed("".join(pieces))


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", text.strip())


def _trimmed(text: str) -> str:
    """Leave out what stands far before the first change and after the last."""
    first, last = text.find("【"), text.rfind("】")
    if first < 0:
        return ""
    start = max(0, first - _AROUND) if first > 0 else 0
    before = "…" if start else ""
    after = "…" if len(text) - last > _AROUND + 1 else ""

    return f"{before}{text[start : last + 1 + _AROUND]}{after}".replace("\n", " ")
