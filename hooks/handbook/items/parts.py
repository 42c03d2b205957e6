"""What items are made of, and the shapes in which an item answers those who print or show it. Knows nothing of any type."""

from functools import cached_property
from typing import Annotated, Any, NamedTuple

from pydantic import Field, model_validator

from handbook.reading.digests import digest
from handbook.reading.validation import SECTION, Identifier, Model, Text

BLANK = "\ue000"
"""What stands for a blank in the middle of a stem until it is drawn."""


class Offered(Model):
    """One thing to choose, to put in order or to match; its name is what is stored of a response."""

    text: Text
    id: Identifier | None = None

    @cached_property
    def name(self) -> str:
        """The author's id, or one made from the text, so that reordering changes nothing."""
        return self.id or f"o{digest(self.text)[:6]}"


class Evidence(Model):
    """Words of the handbook that answer an item: from its own section, written alone, or `section: words`."""

    words: Text
    section: Annotated[str, Field(pattern=SECTION)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _written(cls, written: Any) -> Any:
        """Take words alone, or one pair of section and words."""
        if not isinstance(written, dict) or written.keys() <= {"section", "words"}:
            return written if isinstance(written, dict) else {"words": written}
        if len(written) > 1:
            raise ValueError(written)
        ((section, words),) = written.items()
        return {"section": section, "words": words}


class Criterion(Model):
    """One thing a written answer must contain, and what it earns."""

    criterion: Text
    points: Annotated[int, Field(ge=1)]


class Said(NamedTuple):
    """How a reader is told what to do and what it earns: above an item, above a part of an exam, in a paper's heading."""

    quiz: str
    exam: str
    paper: str


class Asked(NamedTuple):
    """What a candidate finds on paper, as Markdown: the stem, each blank in it a `BLANK`, and what stands below it."""

    stem: str
    bracket: bool = True
    """Whether the stem ends in a bracket for the response."""
    options: tuple[tuple[str, str], ...] = ()
    """Marks and texts to choose among."""
    prompts: tuple[str, ...] = ()
    """Texts that each end in a bracket for their own response."""
    lines: int = 0
    """To write on."""


class Explained(NamedTuple):
    """One part of the answer, as Markdown: its mark, its text (none where the mark says it all), and why it is right or wrong."""

    mark: str
    text: str
    rationale: str
    is_key: bool = False
