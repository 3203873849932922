"""What many solves have in common: one piece of work, what all of it rests on, and each job's own part.

A `Work` is a function at the top of a module: (common, given, tell) -> result. `common` is sent once to each worker
and stays the same object there, so that what was built of it can be used again. All three must be plain values:
records, mappings, tuples, numbers, text.
"""

import copyreg
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

import foodlots

Tell = Callable[[float | None, float | None], bool]  # (best £ so far, gap as a share); True asks to stop soon
Work = Callable[[Any, Any, Tell], Any]


def nobody(best: float | None, gap: float | None) -> bool:
    """Nobody listens: go on to the end."""
    return False


PLAIN = (str, bytes, int, float, bool, Decimal, Fraction, type(None))


class WorkFailed(RuntimeError):
    """A job ended with a fault of ours; the message is the worker's traceback, `done` what was done before."""

    done: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Standing:
    """How many solves stand: jobs done of all, and of those under way the best £ and the gap (None before any)."""

    done: int
    total: int
    under_way: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)


Look = Callable[[Standing], bool]  # sees how it stands; True asks to stop with what is done


def frozen_again(pairs: dict) -> MappingProxyType:
    """A frozen mapping as it was before it was sent."""
    return MappingProxyType(pairs)


copyreg.pickle(MappingProxyType, lambda table: (frozen_again, (dict(table),)))


def name_of(work: Work) -> str:
    """The name by which another process finds the work: package.module:function."""
    return f"{work.__module__}:{work.__qualname__}"


def find_work(name: str) -> Work:
    """The work of that name."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def digest(*values: object) -> str:
    """What tells these values from all others: the same for equal values in every process, whatever their order."""
    found = hashlib.sha256()
    for value in values:
        _feed(found, value)
    return found.hexdigest()


def _feed(found, value: object) -> None:
    found.update(f"({type(value).__name__} ".encode())
    if isinstance(value, PLAIN):
        found.update(repr(value).encode())
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            _feed(found, getattr(value, each.name))
    elif isinstance(value, np.ndarray):
        found.update(f"{value.dtype}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
    else:
        for part in _parts(value):
            _feed(found, part)
    found.update(b")")


def _parts(value: object) -> list:
    """The parts of a collection, in an order of their own where it has none."""
    if isinstance(value, Mapping):
        return [part for key in sorted(value, key=repr) for part in (key, value[key])]
    if isinstance(value, set | frozenset):
        return sorted(value, key=repr)
    if isinstance(value, list | tuple):
        return list(value)
    raise TypeError(f"a job is made of plain values, not of {type(value).__name__}")


@lru_cache(maxsize=1)
def made_with() -> str:
    """What results rest on beside their inputs: foodlots' own source, and the versions of the solver."""
    root = Path(foodlots.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest(found.hexdigest(), version("pulp"), version("highspy"))
