"""What an item is. Each type has a folder of its own; this names them in the order in which readers see them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Union

from handbook.items.fill_in import FillIn
from handbook.items.matching import Matching
from handbook.items.model import LEVELS, Item, Level, revision
from handbook.items.multiple import Multiple
from handbook.items.ordering import Ordering
from handbook.items.scenario import Scenario
from handbook.items.short_answer import ShortAnswer
from handbook.items.single import Single
from handbook.items.true_false import TrueFalse

MODELS: dict[str, type[Item]] = {
    "single": Single,
    "multiple": Multiple,
    "true_false": TrueFalse,
    "ordering": Ordering,
    "matching": Matching,
    "fill_in": FillIn,
    "short_answer": ShortAnswer,
    "scenario": Scenario,
}
TYPES = {name: model.label for name, model in MODELS.items()}
FOLDER = Path(__file__).parent
KINDS = tuple(dict.fromkeys(model.kind for model in MODELS.values()))
"""The folders of templates and scripts, in the order of the types."""

if TYPE_CHECKING:
    TypeName = str
    AnyItem = Any
else:
    TypeName = Literal[tuple(MODELS)]
    AnyItem = Union[tuple(MODELS.values())]  # noqa: UP007 -- made from the table above

__all__ = ["FOLDER", "KINDS", "LEVELS", "MODELS", "TYPES", "AnyItem", "Item", "Level", "TypeName", "revision"]
