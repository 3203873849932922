"""Somebody else has kept something in the meantime."""


class Conflict(Exception):
    """A version was saved on top of one that is no longer the last. `number`: the version that came in between."""

    def __init__(self, number: int):
        super().__init__(f"version {number} was saved in the meantime")
        self.number = number
