"""Small linear programs in exact numbers, by the simplex method with Bland's rule: whole numbers stay whole."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

Number = int | Fraction
Terms = Mapping[int, Number]


class Program:
    """The least of sum(cost × x) over x >= 0: column i of `costs` is x[i].

    Kept as a dictionary: each basic column as constant + sum(coefficient × column) of those at zero.
    """

    def __init__(self, costs: Iterable[Number]):
        self.costs: dict[int, Number] = dict(enumerate(costs))
        self.columns = len(self.costs)
        self.value: Number = 0
        self.rows: dict[int, list] = {}

    def at_most(self, terms: Terms, most: Number) -> None:
        """sum(terms) <= most."""
        constant, row = most, {}
        for column, by in terms.items():
            if column in self.rows:
                own_constant, own = self.rows[column]
                constant -= by * own_constant
                _add(row, own, -by)
            else:
                _add(row, {column: 1}, -by)
        self.rows[self.columns] = [constant, row]
        self.columns += 1

    def least(self, wanted: Iterable[tuple[Terms, Number]] = (), limit: Number | None = None) -> Number | None:
        """The least value that keeps sum(terms) >= number for all `wanted`; None when nothing does, or below the limit.

        The rows so far must allow x = 0 and bound whatever costs less than nothing.
        """
        self._descend()
        wanted = list(wanted)
        while limit is None or self.value < limit:
            short = [(terms, number) for terms, number in wanted if self._sum(terms) < number]
            if not short:
                return self.value
            wanted = [row for row in wanted if row not in short]
            for terms, number in short:
                self.at_most({column: -by for column, by in terms.items()}, -number)
            if not self._mend(limit):
                return None
        return None

    def _sum(self, terms: Terms) -> Number:
        return sum(by * self.rows[column][0] for column, by in terms.items() if column in self.rows)

    def _descend(self) -> None:
        """From a point that keeps every row to the cheapest."""
        while enter := [column for column, cost in self.costs.items() if cost < 0]:
            enter = min(enter)
            falling = [(basic, row) for basic, row in self.rows.items() if row[1].get(enter, 0) < 0]
            leave, _ = min(falling, key=lambda item: (_ratio(-item[1][0], item[1][1][enter]), item[0]))
            self._swap(enter, leave)

    def _mend(self, limit: Number | None) -> bool:
        """From the cheapest point to the cheapest that keeps every row; whether there is one below the limit."""
        while short := [basic for basic, (constant, _) in self.rows.items() if constant < 0]:
            leave = min(short)
            rising = [column for column, by in self.rows[leave][1].items() if by > 0]
            if not rising or (limit is not None and self.value >= limit):
                return False
            row = self.rows[leave][1]
            self._swap(min(rising, key=lambda column: (_ratio(self.costs.get(column, 0), row[column]), column)), leave)
        return True

    def _swap(self, enter: int, leave: int) -> None:
        """The basic column `leave` goes to zero and `enter` becomes basic."""
        constant, row = self.rows.pop(leave)
        by = row.pop(enter)
        inverse = by if by in (1, -1) else 1 / Fraction(by)
        constant, row = -constant * inverse, {column: -other * inverse for column, other in row.items()}
        row[leave] = inverse
        for other in self.rows.values():
            if times := other[1].pop(enter, 0):
                other[0] += times * constant
                _add(other[1], row, times)
        if times := self.costs.pop(enter, 0):
            self.value += times * constant
            _add(self.costs, row, times)
        self.rows[enter] = [constant, row]


def _ratio(above: Number, below: Number) -> Number:
    return above * below if below in (1, -1) else above / Fraction(below)


def _add(row: dict[int, Number], other: Terms, times: Number) -> None:
    """row += times × other, without terms that vanish."""
    for column, by in other.items():
        total = row.get(column, 0) + times * by
        if total:
            row[column] = total
        else:
            row.pop(column, None)
