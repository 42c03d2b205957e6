"""Text -> a short digest of what a reader would call the same text.

White space, full-width or half-width forms, list numbering and markup do not count; a digit, a 不 or a table cell does.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache

from handbook.reading.markup import words

_FOLDED = str.maketrans(
    {
        "。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "『": '"', "』": '"',
        "《": "<", "》": ">", "〈": "<", "〉": ">", "【": "[", "】": "]", "〔": "[", "〕": "]", "—": "-", "–": "-",
    }
)  # fmt: skip
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^}\n]*\}")
_LINK = re.compile(r"!?\[([^\]]*)(\]\([^)\s]*(?:\s+\"[^\"]*\")?\))?")
"""What a bracket opens, which is a link or a picture if its end is there; if not, no bracket within it is tried again."""
_MARKUP = (
    (re.compile(r"^\s*(?:!!!|\?\?\?\+?|===\+?)\s*(?:[a-z]+\s*)*(?:\"([^\"\n]*)\")?\s*$", re.MULTILINE), r"\1"),
    (re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-+:?)?\s*$", re.MULTILINE), ""),  # the rule under a table's head
    (re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+", re.MULTILINE), ""),
    (re.compile(r"^\s*>\s?", re.MULTILINE), ""),
    (re.compile(r"^\s*\||\|\s*$", re.MULTILINE), ""),
    (re.compile(r"\*\*|__|`|(?<!\*)\*(?!\*)"), ""),
)
_SPACE = re.compile(r"\s+")
_RANGE = re.compile(r"(?<=\d)[-~]+(?=\d)")
_RAISED = str.maketrans({sign: f"^{unicodedata.normalize('NFKC', sign)}" for sign in "⁰¹²³⁴⁵⁶⁷⁸⁹"})


@lru_cache(maxsize=100_000)
def normalised(text: str) -> str:
    """Return `text` without white space, width variants and markup that does not change its meaning."""
    text = unlinked(_ATTRIBUTES.sub("", words(text)))
    for pattern, kept in _MARKUP:
        text = pattern.sub(kept, text)

    return _narrow(text)


def unlinked(text: str) -> str:
    """Return a text with the words alone of its links and pictures."""
    return _LINK.sub(lambda found: found[1] if found[2] else found[0], text)


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Return a text as it is read without white space, variants of width and of the dash of a range; its markup counts."""
    return _RANGE.sub("-", _narrow(text.translate(_RAISED)))


def digest(*parts: str) -> str:
    """Return 12 hexadecimal digits (48 bits) of the normalised parts; their order counts."""
    return hashed(*map(normalised, parts))


def hashed(*parts: str) -> str:
    """Return 12 hexadecimal digits of parts as they are."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _narrow(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_FOLDED))
