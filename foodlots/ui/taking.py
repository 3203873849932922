"""A plan made elsewhere, made to stand with the case that lies open: under which settings, and as which plan."""

from dataclasses import replace

from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.plan import Plan
from foodlots.plan_files import read_plan
from foodlots.settings import Settings, overrides_between, plainly
from foodlots.ui.check_once import check_once
from foodlots.ui.editing import with_settings
from foodlots.ui.work import Work


def plan_in_folder(folder: str, now: Work) -> tuple[Plan, Settings] | None:
    """A plan that lies in a folder and the settings it was made with; None where it was made of another case."""
    try:
        plan = read_plan(folder)
        under = check_once(now.raw, plan.run.get("overrides", ()))
    except DataError:
        return None
    if now.case is None or plan.run.get("inputs_sha256") != now.case.sha256 or under.settings is None:
        return None
    return plan, under.settings


def under_settings(now: Work, settings: Settings) -> RawCase:
    """The tables of the open case with these settings; how long to search stays its own."""
    wanted = replace(settings, effort=now.settings.effort)
    typed = (override.partition("=") for override in overrides_between(now.settings, wanted))
    return with_settings(now.raw, {tuple(name.split(".", 1)): value for name, _, value in typed})


def taken_into(plan: Plan, now: Work, settings: Settings) -> Plan:
    """The plan as one of the open case, whose settings hold it now; it notes with what effort it was found."""
    run = {**plan.run, "overrides": [], "settings": plainly(now.settings), "effort": plainly(settings.effort)}
    return replace(plan, run=run)
