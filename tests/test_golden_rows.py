"""Every rule and policy prints its rows on the village; a change of the model shows as a text difference.

To accept a change: FOODLOTS_GOLDEN=write python -m pytest tests/test_golden_rows.py
"""

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from golden_case import golden_model, golden_model_by_hand

from foodlots.audit import AUDITS
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.rules import RULES
from foodlots.optimise.sieves import SIEVES

GOLDEN = Path(__file__).parent / "golden"
README = Path(__file__).parent.parent / "README.md"
ROWS = [function.__name__ for function in (*RULES, *POLICIES)]
DRAWN_WITHIN = ["respect_lot_value", "require_able_bidders", "respect_price_ceiling"]
INDEX_SET = [*(sieve.__name__ for sieve in SIEVES), *DRAWN_WITHIN]
OF_LOTS_BY_HAND = {"hold_awards"}
NOT_A_PROMISE = {"find_extremes", "open_depots", "sell_only_as_winner"}  # bookkeeping of the model, nothing to audit


@pytest.fixture(scope="module")
def model():
    return golden_model()


@pytest.fixture(scope="module")
def model_by_hand():
    return golden_model_by_hand()


def rows_of(model, name: str) -> str:
    """The rows that a rule made, as text: name: terms sense limit."""
    rows = [row for row in model.problem.constraints() if row.name.startswith(f"{name}(")]
    return "".join(f"{row.name}: {_said(row)}\n" for row in rows)


def _said(row) -> str:
    terms = " ".join(f"{by:+.6g} {column.name}" for column, by in row.items())
    return f"{terms} {({0: '=', -1: '<=', 1: '>='})[row.sense]} {0 - row.constant:.6g}"


@pytest.mark.parametrize("name", ROWS)
def test_rows_are_as_reviewed(model, model_by_hand, name):
    golden = GOLDEN / f"{name}.txt"
    found = rows_of(model_by_hand if name in OF_LOTS_BY_HAND else model, name)
    if os.environ.get("FOODLOTS_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found, f"{name} has no rows on the golden case: switch it on in golden_case.py"
    assert golden.exists(), f"{name} has no golden file"
    assert golden.read_text(encoding="utf-8") == found


def test_no_golden_file_outlives_its_rule():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(ROWS)


def test_what_the_index_set_left_out_is_counted(model):
    drawn_within_bounds = {"respect_lot_value"}  # lots outside the bounds are never made: nothing to count
    assert set(INDEX_SET) - drawn_within_bounds <= set(model.book.removed)


@pytest.mark.parametrize("name", [name for name in (*ROWS, *INDEX_SET) if name not in NOT_A_PROMISE])
def test_every_rule_and_policy_is_audited(name):
    assert name in {audit.__name__ for audit in AUDITS}


@pytest.mark.parametrize("name", [*ROWS, *INDEX_SET])
def test_every_rule_and_policy_stands_in_the_readme(name):
    assert re.search(rf"`{name}`", README.read_text(encoding="utf-8"))


def test_rows_are_counted_by_rule(model):
    counted = Counter(row.name.split("(")[0] for row in model.problem.constraints())
    assert {name: count for name, count in model.rows.items() if count} == dict(counted)
    assert set(model.rows) == set(ROWS)
