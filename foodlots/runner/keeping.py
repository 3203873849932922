"""Results kept on this machine under the digest of what they were made of, so that no solve is made twice.

Kept results hold producers' prices: the folder is its owner's alone. Only our own records and plain values are read
back; anything else found there is treated as nothing.
"""

import io
import os
import pickle
import sys
from dataclasses import is_dataclass
from pathlib import Path

from foodlots.runner.jobs import frozen_again

MOST = 2_000  # results kept; the oldest go first
PLAIN = {"builtins": {"frozenset", "set", "complex"}, "decimal": {"Decimal"}, "fractions": {"Fraction"},
         "foodlots.runner.jobs": {"frozen_again"}}  # fmt: skip

UNREADABLE = (
    OSError,
    pickle.UnpicklingError,
    AttributeError,
    ImportError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
)


def home() -> Path:
    """Where results are kept: FOODLOTS_CACHE, else the machine's place for such things."""
    if chosen := os.environ.get("FOODLOTS_CACHE"):
        return Path(chosen)
    shared = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "foodlots" / "solves"


class _OurRecords(pickle.Unpickler):
    """Reads records of foodlots and plain values, and runs nothing."""

    def find_class(self, module: str, name: str):
        if name in PLAIN.get(module, ()):
            return frozen_again if name == "frozen_again" else getattr(sys.modules[module], name)
        if module.split(".")[0] == "foodlots":
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record of ours")


class Kept:
    """The results kept in a folder; None in its place keeps nothing."""

    def __init__(self, folder: Path | None):
        self.folder = folder

    def get(self, key: str) -> object | None:
        """What is kept under the key, None where nothing is."""
        if self.folder is None:
            return None
        try:
            return _OurRecords(io.BytesIO((self.folder / key).read_bytes())).load()
        except (
            OSError,
            pickle.UnpicklingError,
            AttributeError,
            ImportError,
            EOFError,
            ValueError,
            TypeError,
            KeyError,
        ):
            return None

    def put(self, key: str, result: object) -> None:
        """Keep the result; where it cannot be, nothing is lost but time."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self.folder / f".{key}.{os.getpid()}"
            unfinished.write_bytes(pickle.dumps(result))
            unfinished.replace(self.folder / key)
            self._make_room()
        except OSError:
            return

    def _make_room(self) -> None:
        kept = [path for path in self.folder.iterdir() if not path.name.startswith(".")]
        if len(kept) > MOST:
            for path in sorted(kept, key=lambda path: path.stat().st_mtime)[: len(kept) - MOST]:
                path.unlink(missing_ok=True)
