"""One of many solves: a plan under other settings, on one core, held against the audit before anybody sees it."""

from dataclasses import replace
from decimal import Decimal
from tempfile import TemporaryDirectory

from foodlots.audit import audit_plan
from foodlots.case import Case
from foodlots.checks.building import fingerprint
from foodlots.optimise.search import Outlook, make_plan
from foodlots.plain_files import plain_files
from foodlots.plan import Plan
from foodlots.plan_files import write_plan
from foodlots.runner import Tell
from foodlots.settings import Settings

RUN = {"overrides": [], "command": "one of many solves", "time": ""}


NOTHING_KNOWN = float("-inf")


def plan_under(
    case: Case, settings: Settings, tell: Tell, last: Plan | None = None, least_gbp: float = NOTHING_KNOWN
) -> Plan:
    """The audited plan of a case under these settings: a piece of work for the runner. Raises NoPlan."""

    def look(outlook: Outlook) -> bool:
        return tell(outlook.best_gbp, outlook.gap_share) and outlook.best_gbp is not None

    made = make_plan(case, settings, look, RUN, last, least_gbp)
    of_these_tables = replace(made, run={**made.run, "inputs_sha256": fingerprint(case)})  # a question may change them
    with TemporaryDirectory() as folder:
        verdict = audit_plan(plain_files(case, settings), write_plan(of_these_tables, folder))
    if not verdict.accepted:
        raise AssertionError("\n".join(["the audit rejects one of many plans", *verdict.lines()]))
    return made


def plan_from(case: Case, given: tuple[Settings, Plan, float], tell: Tell) -> Plan:
    """The same, begun with another plan where the limits allow its lots: a piece of work for the runner.

    The last of what is given is what no plan under these settings can cost less than, £: `NOTHING_KNOWN` or proven.
    """
    return plan_under(case, given[0], tell, *given[1:])


def one_of_many(settings: Settings, seconds: float | None = None) -> Settings:
    """The settings for one of many solves: a single core, and no longer than `seconds`."""
    longest = settings.effort.seconds if seconds is None else Decimal(str(seconds))
    return replace(settings, effort=replace(settings.effort, threads=1, seconds=longest, patience=longest))
