"""The problem in parts that hardly touch: goods that no lot joins, tied by who sells both, by depots and by limits.

What ties the parts is priced (Lagrangian relaxation). A row over several parts is dropped, and each unit of it paid
for; a column in several parts is split, each part paying its share. At any prices the parts' least costs and the
constant add up to no more than the best plan of the whole; at the relaxed problem's own, to no less than its cost.
"""

from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np

from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found


@dataclass(frozen=True, eq=False)
class Part:
    """own, columns: which columns are this part's alone, and with those that tie it · program: the problem in them,
    all others held at 0."""

    own: np.ndarray
    columns: np.ndarray
    program: Program

    def found(self, values: np.ndarray, reduced: np.ndarray | None = None) -> Found:
        """A plan of the whole, as far as it is this part's."""
        inside = np.where(self.columns, values, 0.0)
        return Found(self.program.costs(inside), inside, reduced)


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts, the columns that tie them, and £ to add to the sum of the parts' costs.

    tied: whether a limit on several parts has a price, so that their best plans would hardly keep to it.
    """

    parts: tuple[Part, ...]
    ties: np.ndarray
    constant: float
    tied: bool


def cut_in_parts(model: Model, program: Program, prices: np.ndarray) -> Parts:
    """The parts of a problem, one for each group of products that no candidate joins to others.

    prices: £ for a unit more of each row's limit in the relaxed problem.
    """
    cut = _Cut(program, _groups(model, program), model, prices)
    limits = np.where(prices > 0, program.least, program.most)
    paid = cut.dropped & (prices != 0)
    constant = program.constant + float(prices[paid] @ limits[paid])
    parts = (Part(cut.group == part, cut.inside[part], cut.program_of(part)) for part in range(len(cut.inside)))
    return Parts(tuple(parts), cut.group < 0, constant, bool(paid.any()))


def groups_of_products(model: Model) -> list[list[str]]:
    """The products in groups that no candidate joins to each other."""
    joined = nx.Graph()
    joined.add_nodes_from(model.ground.products)
    for candidate in model.candidates:
        nx.add_path(joined, candidate.products)
    wanted = {product for candidate in model.candidates for product in candidate.products}
    return sorted(sorted(group & wanted) for group in nx.connected_components(joined) if group & wanted)


def _groups(model: Model, program: Program) -> np.ndarray:
    """The number of the group of products that each column belongs to; -1 for columns that are of no product."""
    groups = groups_of_products(model)
    number = {product: place for place, group in enumerate(groups) for product in group}
    of_lot = [number[candidate.products[0]] for candidate in model.candidates]
    group = np.full(len(program.cost), -1)
    group[[draw.index for draw in model.draw]] = of_lot
    group[[award.index for award in model.award]] = [of_lot[bid.lot] for bid in model.bids]
    group[[supply.index for supply in model.supply.values()]] = [number[sale.product] for sale in model.supply]
    return group


class _Cut:
    """Which columns and rows each part holds, and what it pays for them.

    group: the part that each column belongs to alone, -1 for a tie · inside (parts, columns), rows (parts, rows):
    what a part holds; a row is whole there or not at all · dropped: rows that no part holds.
    """

    def __init__(self, program: Program, group: np.ndarray, model: Model, prices: np.ndarray):
        self.whole, self.group, self.prices = program, group, prices
        self.inside = self._columns(model)
        self.rows = np.array([program.rows_within(columns) for columns in self.inside])
        self.dropped = ~self.rows.any(axis=0)

    def _columns(self, model: Model) -> np.ndarray:
        """A part's own columns, the ties in any row of its own, and the depots whose rounds are among those."""
        own, row, column = self.group >= 0, self.whole.row_of, self.whole.index
        count, total, squares = (
            np.bincount(row, own[column] * self.group[column] ** power, minlength=len(self.prices))
            for power in range(3)
        )
        of_one = (count > 0) & (count * squares == total**2)
        part_of_row = np.where(of_one, total / np.maximum(count, 1), -1).astype(int)
        inside = self.group == np.arange(self.group.max(initial=0) + 1)[:, None]
        held = of_one[row] & ~own[column]
        inside[part_of_row[row][held], column[held]] = True
        for (depot, _), serve in model.serve.items():
            inside[:, model.open_depot[depot].index] |= inside[:, serve.index]
        inside[0, ~inside.any(axis=0)] = True
        return inside

    @cached_property
    def _pull(self) -> np.ndarray:
        """(parts, columns): how hard the rows that one part alone holds pull at a column, £."""
        alone = self.rows & (self.rows.sum(axis=0) == 1)
        return np.array(
            [self._times_rows(np.where(rows, abs(self.prices), 0.0), abs(self.whole.value)) for rows in alone]
        )

    @cached_property
    def _share(self) -> np.ndarray:
        """(parts, columns): a part's share of what a column costs beyond what its rows pay for."""
        return _in_proportion(self._pull * self.inside, self.inside)

    @cached_property
    def _paid(self) -> np.ndarray:
        """(parts, columns): what a part's rows pay for a column, £. A row in several parts pays in the proportion in
        which its columns are pulled at."""
        pulled = self.whole.value != 0
        share = self._share * (self._pull.sum(axis=0) > 0)
        of_row = np.array(
            [np.bincount(self.whole.row_of, part[self.whole.index] * pulled, len(self.prices)) for part in share]
        )
        of_row = _in_proportion(of_row * self.rows, self.rows)
        return np.array([self._times_rows(self.prices * part, self.whole.value) for part in of_row])

    def _times_rows(self, prices: np.ndarray, value: np.ndarray) -> np.ndarray:
        whole = self.whole
        return np.bincount(whole.index, prices[whole.row_of] * value, minlength=len(whole.cost))

    @cached_property
    def _cost(self) -> np.ndarray:
        """(parts, columns): what a column costs in a part; over all parts, its cost less the price of dropped rows."""
        cost = self.whole.cost - self._times_rows(np.where(self.dropped, self.prices, 0.0), self.whole.value)
        split = self._paid + (cost - self._paid.sum(axis=0)) * self._share
        return np.where(self.group >= 0, cost, split) * self.inside

    def program_of(self, part: int) -> Program:
        return self.whole.only(self.inside[part], self.rows[part], self._cost[part])


def _in_proportion(weights: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Each column of weights as shares of its sum; equal shares among those named where it has none."""
    total = weights.sum(axis=0)
    equal = among / np.maximum(among.sum(axis=0), 1)
    return np.where(total > 0, weights / np.where(total > 0, total, 1.0), equal)
