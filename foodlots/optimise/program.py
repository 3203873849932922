"""A problem as arrays: what HiGHS is handed in one call, and what smaller problems are cut from."""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import highspy
import numpy as np
import pulp

SPARE = 1e-5  # in a row's own unit; HiGHS keeps rows to a hundredth of it


@dataclass(frozen=True, eq=False)
class Program:
    """Minimise constant + cost · x where lower <= x <= upper and least <= A x <= most.

    cost, lower, upper, whole: one for each column; `whole` columns are integers. least, most: one for each row.
    A by rows: row r holds index[starts[r]:starts[r + 1]] (columns) and value[starts[r]:starts[r + 1]].
    """

    constant: float
    cost: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    whole: np.ndarray
    least: np.ndarray
    most: np.ndarray
    starts: np.ndarray
    index: np.ndarray
    value: np.ndarray

    @classmethod
    def of(cls, problem: pulp.LpProblem) -> "Program":
        """The arrays of a PuLP problem; every variable's `index` is told to it on the way."""
        columns, rows = problem.variables(), problem.constraints()
        for position, column in enumerate(columns):
            column.index = position
        for position, row in enumerate(rows):
            row.index = position
        starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
        return cls(
            problem.objective.constant,
            np.array([problem.objective.get(column, 0.0) for column in columns], dtype=float),
            _bounds((column.lowBound for column in columns), -highspy.kHighsInf),
            _bounds((column.upBound for column in columns), highspy.kHighsInf),
            np.array([column.cat == pulp.LpInteger for column in columns], dtype=bool),
            _bounds((row.getLb() for row in rows), -highspy.kHighsInf),
            _bounds((row.getUb() for row in rows), highspy.kHighsInf),
            starts,
            np.fromiter((column.index for row in rows for column in row), dtype=np.int32, count=starts[-1]),
            np.fromiter(chain.from_iterable(row.values() for row in rows), dtype=float, count=starts[-1]),
        )

    def hand_over(self, highs: highspy.Highs) -> None:
        """Pass the whole problem to HiGHS in one call."""
        highs.passModel(
            len(self.cost), len(self.least), len(self.index),
            int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), self.constant,
            self.cost, self.lower, self.upper, self.least, self.most,
            self.starts, self.index, self.value, self.whole.astype(np.int32),
        )  # fmt: skip

    def relaxed(self) -> "Program":
        """The same with no column whole."""
        return replace(self, whole=np.zeros(len(self.cost), dtype=bool))

    def aiming_at(self, cost: np.ndarray) -> "Program":
        """The same with other costs."""
        return replace(self, cost=cost, constant=0.0)

    def rows_within(self, columns: np.ndarray) -> np.ndarray:
        """Which rows hold none but these columns (and at least one)."""
        strangers = np.bincount(self.row_of, ~columns[self.index], minlength=len(self.least))
        return (strangers == 0) & (np.diff(self.starts) > 0)

    def cut(self, columns: np.ndarray, values: np.ndarray, rows: np.ndarray | None = None) -> "Program":
        """The problem in these columns, every other column held at its value; of all rows or of those named.

        Rows that hold none of these columns are left out: `settles` tells whether the values keep them.
        """
        held = np.where(columns, 0.0, values)
        done = np.bincount(self.row_of, self.value * held[self.index], minlength=len(self.least))
        inside = columns[self.index] if rows is None else columns[self.index] & rows[self.row_of]
        kept = np.unique(self.row_of[inside])
        number = np.cumsum(columns) - 1
        lengths = np.bincount(np.searchsorted(kept, self.row_of[inside]), minlength=len(kept))
        return Program(
            self.constant + float(self.cost @ held), self.cost[columns], self.lower[columns], self.upper[columns],
            self.whole[columns], (self.least - done)[kept], (self.most - done)[kept],
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32), number[self.index[inside]].astype(np.int32),
            self.value[inside],
        )  # fmt: skip

    def only(self, columns: np.ndarray, rows: np.ndarray, cost: np.ndarray) -> "Program":
        """The same in these rows, with other costs, all but these columns held at 0; nothing is paid besides."""
        kept = rows[self.row_of]
        return Program(
            0.0, np.where(columns, cost, 0.0), np.where(columns, self.lower, 0.0), np.where(columns, self.upper, 0.0),
            self.whole & columns, self.least[rows], self.most[rows],
            np.concatenate([[0], np.cumsum(np.diff(self.starts)[rows])]).astype(np.int32), self.index[kept],
            self.value[kept],
        )  # fmt: skip

    def settles(self, columns: np.ndarray, values: np.ndarray) -> bool:
        """Whether the values of all other columns keep the rows that hold none of these columns."""
        inside = np.bincount(self.row_of, columns[self.index], minlength=len(self.least)) > 0
        return bool((inside | self.kept(values)).all())

    def kept(self, values: np.ndarray) -> np.ndarray:
        """Which rows these values keep."""
        sums = np.bincount(self.row_of, self.value * values[self.index], minlength=len(self.least))
        return (self.least - SPARE <= sums) & (sums <= self.most + SPARE)

    def columns_of(self, rows: np.ndarray) -> np.ndarray:
        """Which columns any of these rows holds."""
        return np.bincount(self.index, rows[self.row_of], minlength=len(self.cost)) > 0

    def costs(self, values: np.ndarray) -> float:
        """What these values cost."""
        return self.constant + float(self.cost @ values)

    @cached_property
    def row_of(self) -> np.ndarray:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.least)), np.diff(self.starts))


def _bounds(bounds, missing: float) -> np.ndarray:
    return np.array([missing if bound is None else bound for bound in bounds], dtype=float)
