"""Counting conditions on kinds of units -> how many of each go to which forms. The only module that knows OR-tools.

All numbers are whole and the solver is given neither a clock nor a second thread, so the same conditions
give the same answer on every machine with the same OR-tools.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from itertools import combinations
from typing import Any

from handbook.exams.pool import Pool, Unit
from handbook.problems import Failure

EFFORT = 10.0
"""How long to look for better forms, in the solver's own deterministic unit: about as many seconds."""
Bend = tuple[Any, Any]
"""By how much a condition may be missed: below and above."""
RIGID: Bend = (0, 0)


class Allocation:
    """How many units of each kind go to exactly which forms; `sharing` lets a unit go to several."""

    def __init__(self, pool: Pool, forms: int, *, sharing: bool = False) -> None:
        cp = solver_library()
        self.forms = range(forms)
        self._kinds = pool.kinds
        self._model, self._solver = cp.CpModel(), cp.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 0
        self._solver.parameters.max_deterministic_time = EFFORT
        self._solver.parameters.catch_sigint_signal = False  # a search cut short would give other forms
        sizes = range(1, forms + 1) if sharing else [1]
        self._groups = [group for size in sizes for group in combinations(self.forms, size)]
        self._taken = [{group: self.number(len(kind.units)) for group in self._groups} for kind in pool.kinds]
        self._bent: list[Any] = []
        self._missed: list[Any] = []
        for kind, taken in zip(pool.kinds, self._taken, strict=True):
            self._model.add(sum(taken.values()) <= len(kind.units))
        for enemies in pool.enemies:
            together = [index in enemies for index in range(len(pool.kinds))]
            for form in self.forms:
                self._model.add(self._sum((form,), together) <= 1)

    def number(self, most: int) -> Any:
        """Return a new whole number from 0 to `most`, for the solver to choose."""
        return self._model.new_int_var(0, most, "")

    def add(self, condition: Any) -> None:
        """Demand a condition."""
        self._model.add(condition)

    def total(self, form: int, weigh: Callable[[Unit], int]) -> Any:
        """Return the sum over the units of a form."""
        return self._sum((form,), [weigh(kind.like) for kind in self._kinds])

    def shared(self, one: int, other: int) -> Any:
        """Return how many items two forms share."""
        return self._sum((one, other), [len(kind.like.items) for kind in self._kinds])

    def cost(self) -> Any:
        """Return the sum of the costs of all units, in all forms."""
        return sum(self._sum((form,), [kind.cost for kind in self._kinds]) for form in self.forms)

    def spread(self, totals: Sequence[Any], most: int) -> Any:
        """Return the difference between the largest and the smallest of `totals`, which are at most `most`."""
        if len(totals) < 2:
            return 0
        high, low = self.number(most), self.number(most)
        for total in totals:
            self.add(total <= high)
            self.add(total >= low)
        return high - low

    def bend(self, most: int) -> Bend:
        """Return leave to miss a condition by up to `most`, which `minimize_bends` uses sparingly."""
        bent, below, above = self.number(1), self.number(most), self.number(most)
        self.add(below + above <= most * bent)
        self._bent.append(bent)
        self._missed += [below, above]
        return below, above

    def minimize_bends(self) -> None:
        """Ask for as few missed conditions as possible, then for those to be missed by as little as possible."""
        most = 1 + sum(self._model.get_int_var_from_proto_index(missed.index).domain.max() for missed in self._missed)
        self.minimize(most * sum(self._bent) + sum(self._missed))

    def minimize(self, objective: Any, near_enough: int = 0) -> None:
        """Ask for the least value of a sum, or one that exceeds it by `near_enough` at most."""
        self._model.minimize(objective)
        self._solver.parameters.absolute_gap_limit = near_enough

    def solve(self) -> bool:
        """Look for a choice; return whether there is one. Raises Failure when neither could be shown."""
        cp = solver_library()
        status = self._solver.solve(self._model)
        if status not in (cp.OPTIMAL, cp.FEASIBLE, cp.INFEASIBLE):
            raise Failure("在限定的运算量内既没有组出卷，也没有证明组不出；请减少份数，或放宽细目表。")
        return bool(status != cp.INFEASIBLE)

    def value(self, number: Any) -> int:
        """Return what the solver chose for a number or a sum."""
        return int(self._solver.value(number))

    def units(self) -> list[list[Unit]]:
        """Return the units of each form: of every kind, the first in its order."""
        chosen: list[list[Unit]] = [[] for _ in self.forms]
        for kind, taken in zip(self._kinds, self._taken, strict=True):
            groups = [group for group in self._groups for _ in range(self.value(taken[group]))]
            for unit, group in zip(kind.units, groups, strict=False):
                for form in group:
                    chosen[form].append(unit)
        return chosen

    def _sum(self, forms: tuple[int, ...], weights: Sequence[int]) -> Any:
        """Return the sum, over the units that all of `forms` hold, of a weight given for each kind."""
        groups = [group for group in self._groups if set(forms) <= set(group)]
        terms = [
            (taken[group], int(weight))
            for taken, weight in zip(self._taken, weights, strict=True)
            if weight
            for group in groups
        ]
        if not terms:
            return 0
        return solver_library().LinearExpr.weighted_sum(*(list(column) for column in zip(*terms, strict=True)))


@cache
def solver_library() -> Any:
    """Return OR-tools' constraint solver. Raises Failure when it is not installed."""
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError:
        raise Failure("没有安装 OR-tools，组不了卷；请运行 `make setup`。") from None
