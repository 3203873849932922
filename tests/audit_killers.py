"""Whether the audit's own tests notice a mutant of it.

The quick tests (right plans, spoilt plans, what is said of each; of what reads a case, its own tests) are asked in a
forked process; a mutant that outlives them meets all the audit's test files there. Also a command:

    python tests/audit_killers.py MUTANTS SEED      a sample of so many; 0 MUTANTS: all of them
"""

import importlib.util
import os
import random
import signal
import sys
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from audit_mutants import AUDIT, Mutant, every_mutant, mutated

TESTS = Path(__file__).parent
READING = ("test_audit_reading.py", "test_audit_unread.py", "test_audit_misread.py")
READERS = (
    "case.py", "case_reading.py", "cells.py", "fingerprint.py", "postcodes.py", "setting_values.py", "settings.py",
    "settings_reading.py", "sheets.py", "tables.py", "workbook.py",
)  # fmt: skip
FILES = ("test_audit_edges.py", "test_audit_facts.py", "test_audit_kills.py", "test_audit.py", "test_audit_seeded.py",
         *READING)  # fmt: skip
OF_AUDIT = (
    "foodlots.audit",
    "foodlots.second_opinion",
    "test_audit",
    "audit_builder",
    "audit_cases",
    "audit_random",
    "audit_seeds",
    "audit_any_plan",
    "audit_beside",
    "audit_other_cases",
    "audit_spoiling",
)
NOT_ASKED = " or ".join((  # those asked in the quick tests; then those
    "any_right_plan", "right_plans_are", "spoilt_plan", "what_is_said", "faults_in_any", "every_fault_in", "one_line",
    "in_time", "any_bytes",  # of speed and sturdiness alone
))  # fmt: skip
DRAWN, SPOILT_OF_EACH = 12, 8  # plans drawn at random, and how often each is spoilt by one unit or by a line less
MOST_SECONDS = 600  # for the tests of one mutant; one that takes longer hangs, which is noticed too


class _Loader:
    """Brings one module of the audit with a change in it."""

    def __init__(self, mutant: Mutant):
        stem = mutant.file.removesuffix(".py")
        self.name = "foodlots.audit" if stem == "__init__" else f"foodlots.audit.{stem}"
        self.code, self.package = mutated(mutant), stem == "__init__"

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        where = [str(AUDIT)] if self.package else None
        spec = importlib.util.spec_from_loader(name, self, is_package=self.package)
        spec.submodule_search_locations = where
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.__file__ = str(AUDIT / (self.name.rsplit(".", 1)[1] + ".py"))
        exec(self.code, module.__dict__)


@dataclass(frozen=True)
class Plans:
    """Plans on disk that the quick tests ask about; none made by the audit. drawn: whether right, and of what.

    They are those of test_audit.py and test_audit_seeded.py, fewer of those drawn at random.
    """

    right: Path
    spoilt: dict[str, tuple[str, Path]]
    drawn: list[tuple[bool, object, object, Path]]
    sentences: dict[str, str]

    def few(self) -> "Plans":
        """A handful of them."""
        return replace(self, spoilt=dict(list(self.spoilt.items())[:12]), drawn=self.drawn[:3])


@cache
def plans(folder: Path) -> Plans:
    """The village's right plan, each of its spoilt ones, and right plans drawn at random."""
    from audit_any_plan import FILES as TABLES
    from audit_builder import build, write
    from audit_cases import village, village_draft, village_settings
    from audit_random import random_plans
    from audit_seeds import SEEDS
    from audit_spoiling import units
    from hypothesis import HealthCheck, Phase, given, settings

    papers, drawn, spoilt = build(village(), village_settings(), village_draft()), [], {}
    for name, (check, spoil) in SEEDS.items():
        other = deepcopy(papers)
        spoil(other)
        spoilt[name] = check, write(other, folder / "spoilt" / name)

    @settings(max_examples=DRAWN, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(random_plans())
    def draw(one):
        made = build(*one)
        drawn.append((True, *one[:2], write(made, folder / "drawn" / str(len(drawn)))))
        for _ in range(SPOILT_OF_EACH):
            worse = deepcopy(made)
            if dice.random() < 0.25:
                table = dice.choice([table for table in TABLES if worse[table] and table != "cells"])
                worse[table].pop(dice.randrange(len(worse[table])))
            else:
                cells = [(row, key) for table in TABLES for row in worse[table] for key in row if units(key)]
                row, key = dice.choice(cells)
                row[key] = str(Decimal(row[key]) + units(key) * dice.choice([1, -1]))
            drawn.append((False, *one[:2], write(worse, folder / "drawn" / str(len(drawn)))))

    dice = random.Random(5)
    draw()
    said = (TESTS / "audit_sentences.txt").read_text(encoding="utf-8").splitlines()
    return Plans(write(papers, folder / "right"), spoilt, drawn, {line.split(" | ")[0]: line for line in said})


def quick(known: Plans, near: str) -> None:
    """What test_audit.py and test_audit_seeded.py assert of these plans; the checks of the file named `near` first."""
    from audit_cases import village, village_settings

    from foodlots.audit import AUDITS, audit_papers

    case, limits = village(), village_settings()
    verdict = audit_papers(case, limits, known.right)
    assert verdict.accepted
    assert [check for check, number in verdict.counts.items() if not number] == ["keep_buyers_apart", "hold_awards"]
    of = {audit.__name__: audit.__module__ for audit in AUDITS}
    for name, (check, path) in sorted(known.spoilt.items(), key=lambda item: not of.get(item[1][0], "").endswith(near)):
        first = audit_papers(case, limits, path).breaches[0]
        assert first.check == check
        assert f"{name} | {check} | {first.sentence} | {first.stated} | {first.found}" == known.sentences[name]
    for well, case_, limits_, path in known.drawn:
        assert audit_papers(case_, limits_, path).accepted is well


def survives(mutant: Mutant, known: Plans, all_tests: bool = True) -> bool:
    """Whether no test notices the mutant; asked in a process of its own, which may hang or break."""
    child = os.fork()
    if child == 0:
        os.setsid()
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(MOST_SECONDS)
        os._exit(0 if _passes(mutant, known, all_tests) else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _passes(mutant: Mutant, known: Plans, all_tests: bool) -> bool:
    for name in [name for name in sys.modules if name.startswith(OF_AUDIT)]:
        del sys.modules[name]
    try:
        sys.meta_path.insert(0, _Loader(mutant))
        if mutant.file in READERS:
            return _pass([*READING, *(FILES if all_tests else ())])
        quick(known, mutant.file.removesuffix(".py"))
        return not all_tests or _pass(FILES)
    except BaseException:
        return False


def _pass(files: Iterable[str]) -> bool:
    """Whether every test of these files that is asked passes."""
    paths = [str(TESTS / name) for name in dict.fromkeys(files)]
    return pytest.main(["-x", "-q", "-n0", "-p", "no:cacheprovider", "-k", f"not ({NOT_ASKED})", *paths]) == 0


def sample(mutants: int, seed: int) -> list[Mutant]:
    """So many of all mutants, drawn at random; all of them for 0."""
    found = every_mutant()
    return random.Random(seed).sample(found, mutants) if mutants else found


if __name__ == "__main__":
    import tempfile

    asked = sample(int(sys.argv[1]), int(sys.argv[2]))
    known, alive = plans(Path(tempfile.mkdtemp())), []
    for number, each in enumerate(asked, 1):
        if survives(each, known):
            alive.append(each)
            print(f"{number} of {len(asked)}: survives: {each}", flush=True)
    print(f"{len(asked)} of {len(every_mutant())} mutants, {len(asked) - len(alive)} killed")
