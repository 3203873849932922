"""Asking about one plan, one lot, one producer: what is asked for must be there, and the plan must be of this case."""

from foodlots.case import Case, Producer
from foodlots.errors import DataError, Fault
from foodlots.plan import Lot, Plan
from foodlots.values.texts import did_you_mean, shown


def need_same_case(case: Case, plan: Plan) -> None:
    """Refuse a plan that was made of other tables: DataError."""
    if plan.run.get("inputs_sha256") != case.sha256:
        raise DataError([Fault(
            "run.json", 0, "inputs_sha256", "", "this plan was made of other tables than these",
            "give the case it was made of, or make the plan anew",
        )])  # fmt: skip


def the_producer(case: Case, name: str) -> Producer:
    """The producer of that id; one that is not there is named, with the nearest that is: DataError."""
    if name not in case.producers:
        raise _unknown("producers", "producer", name, case.producers, "give the id of a producer of the case")
    return case.producers[name]


def the_lot(plan: Plan, name: str) -> Lot:
    """The lot of that id; one that is not there is named, with the nearest that is: DataError."""
    lots = {lot.id: lot for lot in plan.lots}
    if name not in lots:
        raise _unknown("lots.csv", "lot", name, lots, "give the id of a lot of the plan")
    return lots[name]


def _unknown(table: str, column: str, name: str, known, otherwise: str) -> DataError:
    problem = f"{shown(name)!r} is not there"
    return DataError([Fault(table, 0, column, shown(name), problem, did_you_mean(name, known, otherwise))])
