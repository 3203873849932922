"""Turns: so many searches at a time, and each desk in its turn, however many one of them asks for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Condition


@dataclass(eq=False)
class Ticket:
    """A place in the queue: whose it is, and the order in which it came."""

    desk: str
    number: int = field(default_factory=count().__next__)


class Turns:
    """Who may search now. The next turn goes to the desk with fewest searches under way, served longest ago."""

    def __init__(self, at_once: int):
        self._at_once = at_once
        self._changed = Condition()
        self._waiting: list[Ticket] = []
        self._running: list[Ticket] = []
        self._served: dict[str, int] = {}
        self._turns = count(1)

    @contextmanager
    def taking(self, ticket: Ticket, gives_up: Callable[[], bool]) -> Iterator[bool]:
        """Wait for this ticket's turn and hold it for the block; False when it gave up waiting."""
        had = self._wait(ticket, gives_up)
        try:
            yield had
        finally:
            with self._changed:
                (self._running if had else self._waiting).remove(ticket)
                self._changed.notify_all()

    def _wait(self, ticket: Ticket, gives_up: Callable[[], bool]) -> bool:
        with self._changed:
            self._waiting.append(ticket)
            while len(self._running) >= self._at_once or self._order()[0] is not ticket:
                if gives_up():
                    return False
                self._changed.wait(0.2)
            self._waiting.remove(ticket)
            self._running.append(ticket)
            self._served[ticket.desk] = next(self._turns)
            self._changed.notify_all()
            return True

    def ahead(self, ticket: Ticket) -> int:
        """How many of those who wait come before this ticket."""
        with self._changed:
            order = self._order()
            return order.index(ticket) if ticket in order else 0

    def _order(self) -> list[Ticket]:
        """Those who wait, in the order of their turns as things stand."""
        waiting = sorted(self._waiting, key=lambda ticket: ticket.number)
        under_way = {ticket.desk: sum(other.desk == ticket.desk for other in self._running) for ticket in waiting}
        earlier: dict[str, int] = {}
        places = {}
        for ticket in waiting:
            rank = under_way[ticket.desk] + earlier.get(ticket.desk, 0)
            earlier[ticket.desk] = earlier.get(ticket.desk, 0) + 1
            places[ticket.number] = (rank, self._served.get(ticket.desk, 0), ticket.number)
        return sorted(waiting, key=lambda ticket: places[ticket.number])
