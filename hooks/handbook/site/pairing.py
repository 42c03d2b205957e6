"""The HTML of a page -> its tags that are not paired, after which a browser sees another tree than any other reader.

Knows nothing of what the page says.
"""

import re
from collections.abc import Iterator

_TAG = re.compile(
    r"<!--.*?(?:-->|(?P<endless>\Z))|<(?P<raw>script|style|textarea|title)\b.*?</(?P=raw)\s*>"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ALONE = set("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 -- to be read
_ENDED_BY_OTHERS = set("body colgroup dd dt head html li optgroup option p tbody td tfoot th thead tr".split())  # noqa: SIM905
_WITH_SLASHES = {"svg", "math"}


def unpaired(text: str) -> Iterator[tuple[int, str]]:
    """Yield place and shape of each tag or comment that lacks its end before something around it ends, or its beginning."""
    open_tags: list[tuple[int, str]] = []
    for found in _TAG.finditer(text):
        name = (found["name"] or "").lower()
        if found["endless"] is not None:
            yield found.start(), "<!--"
            return
        if not name or name in _ALONE:
            continue
        if found["end"]:
            yield from _closed(open_tags, name, found.start())
        elif not (found["rest"].endswith("/") and _WITH_SLASHES & {outer for _, outer in open_tags}):
            open_tags.append((found.start(), name))
    yield from _shown(open_tags)


def _closed(open_tags: list[tuple[int, str]], name: str, place: int) -> Iterator[tuple[int, str]]:
    """Take away the last tag of a name with all inside it; yield what should have been closed before."""
    names = [opened for _, opened in open_tags]
    if name not in names:
        yield place, f"</{name}>"
        return
    last = len(names) - 1 - names[::-1].index(name)
    yield from _shown(open_tags[last + 1 :])
    del open_tags[last:]


def _shown(open_tags: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((place, f"<{name}>") for place, name in open_tags if name not in _ENDED_BY_OTHERS)
