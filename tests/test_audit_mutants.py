"""The audit's tests notice a change of the audit: its mutation score."""

import os

import pytest
from audit_killers import plans, sample, survives
from audit_mutants import NOTHING, Mutant, every_mutant

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each mutant lives in a forked process")

ENOUGH = 0.95  # of all mutants killed


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return plans(tmp_path_factory.mktemp("plans"))


def test_there_are_mutants_of_every_kind():
    found = every_mutant()
    assert len(found) >= 900
    assert {mutant.what.split(" becomes ")[0] for mutant in found} >= {
        "LtE",
        "Mult",
        "Add",
        "a finding dropped",
        "True",
    }


def test_a_sample_of_mutants_is_killed(known):
    asked = sample(6, 2)
    assert [str(mutant) for mutant in asked if survives(mutant, known, all_tests=False)] == []


@pytest.mark.parametrize("file", ["rules.py", "lines.py", "evidence.py", "verdict.py", "cells.py", "case.py"])
def test_an_audit_put_together_without_a_change_lives(file, known):
    """What kills mutants lets the audit itself live: taking it apart does it no harm."""
    assert survives(Mutant(file, NOTHING, 0, "nothing"), known.few(), all_tests=False)


@pytest.mark.long
@pytest.mark.parametrize("file", sorted({mutant.file for mutant in every_mutant()}))
def test_every_file_put_together_without_a_change_lives_through_all_tests(file, known):
    assert survives(Mutant(file, NOTHING, 0, "nothing"), known)


@pytest.mark.long
def test_the_mutation_score_of_the_audit(known):
    asked, alive = every_mutant(), []
    for number, mutant in enumerate(asked, 1):
        if survives(mutant, known):
            alive.append(mutant)
            print(f"{number} of {len(asked)}: survives: {mutant}", flush=True)
    print(f"{len(asked) - len(alive)} of {len(asked)} mutants killed")
    assert len(alive) <= (1 - ENOUGH) * len(asked)
