"""What an importer hands back: rows for the tables of a case, their standing, and what is worth saying."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from foodlots.errors import Fault
from foodlots.files.raw import RawCase, note
from foodlots.public.areas import Area
from foodlots.public.spots import Spots

Cells = Mapping[str, str]
ROAD_FACTOR = 1.4  # road km for each km as the crow flies, the default of the settings


@dataclass(frozen=True)
class Wish:
    """What the user asked of an import: where, for whom, and the case it is to join.

    area: None for everything in the file · bordering: also the areas around it · buyer: an id instead of the
    authority in the file · take_up: the share of pupils who eat, None for the default of each phase · within_km: only
    producers so near a kitchen of the case, by road · look: hears how many rows of a large file have gone by.
    """

    area: Area | None = None
    bordering: bool = False
    buyer: str = ""
    take_up: float | None = None
    within_km: float | None = None
    case: RawCase = field(default_factory=lambda: RawCase(""))
    look: Callable[[int], None] = lambda rows: None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The districts looked at; none for the whole file."""
        if self.area is None:
            return frozenset()
        return self.area.codes | (self.area.bordering if self.bordering else frozenset())

    @property
    def scope(self) -> str:
        """The area in a word, by which the record of an import is kept."""
        return "" if self.area is None else self.area.name + (" and around" if self.bordering else "")

    def is_near(self, cells: Cells) -> bool:
        """Whether a producer's row is within the road km asked for of some kitchen of the case."""
        return self.within_km is None or self._kitchens.nearest_km(cells) * ROAD_FACTOR <= self.within_km

    @cached_property
    def _kitchens(self) -> Spots:
        return Spots.of(self.case, "sites")


@dataclass(frozen=True)
class Standing:
    """How well some rows of a column are known; `rows` is an id, or the beginning of ids with `*`."""

    table: str
    rows: str
    column: str
    standing: str
    source: str


@dataclass(frozen=True)
class Imported:
    """Rows by table, keyed as the tables of a case are; `told` are sentences with the file's totals.

    settings: (section, key, value) to set · papers: files to keep beside the case · fills: only rows that the case
    already has are filled, none added.
    """

    tables: Mapping[str, tuple[Cells, ...]]
    told: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()
    standings: tuple[Standing, ...] = ()
    settings: tuple[tuple[str, str, str], ...] = ()
    papers: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    fills: bool = False


class Oddities:
    """Gathers what was odd in a file's rows and tells it once, with the first row of each kind."""

    def __init__(self, file: str):
        self.file = file
        self.read_notes: list[Fault] = []
        self._found: dict[str, list[tuple[int, str]]] = {}

    def add(self, what: str, row: int, shown: str = "") -> None:
        """One more row of which `what` is true."""
        self._found.setdefault(what, []).append((row, shown))

    def count(self, what: str) -> int:
        """How many rows it was true of."""
        return len(self._found.get(what, ()))

    def notes(self) -> list[Fault]:
        """What reading had to say, then one note for each kind of oddity with how many rows and the first of them."""
        return [*self.read_notes, *self._notes()]

    def _notes(self) -> list[Fault]:
        return [
            note(self.file, rows[0][1], f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}: {what} "
                 f"({_rows_in_words(rows)})", row=rows[0][0])
            for what, rows in sorted(self._found.items())
        ]  # fmt: skip


def _rows_in_words(rows: list[tuple[int, str]]) -> str:
    first = ", ".join(f"row {row:,}{': ' + shown if shown else ''}" for row, shown in rows[:3])
    return f"{first}, …" if len(rows) > 3 else first
