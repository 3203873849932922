"""`python -m foodlots.apart.solve FOLDER`: one search for a plan, told step by step to whoever asked for it."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from foodlots.apart.inside import Parent, give_way, hold_within, run
from foodlots.checking import check
from foodlots.errors import NoPlan
from foodlots.files.raw_text import from_json
from foodlots.optimise import Outlook, make_plan
from foodlots.plan_files import read_plan, write_plan

SPARE_SECONDS = 600  # of processor, beyond the search itself, after which the system ends it


def work(parent: Parent, folder: Path) -> None:
    """Read the case, search, and leave the plan in the folder `plan`; pages that somebody waits for go first."""
    give_way()
    task = json.loads((folder / "task.json").read_text(encoding="utf-8", errors="surrogatepass"))
    checked = check(from_json(json.dumps(task["raw"])))
    cores = checked.settings.effort.threads or os.cpu_count() or 1
    hold_within(0, 4 * cores * (int(checked.settings.effort.seconds) + SPARE_SECONDS))

    def look(outlook: Outlook) -> bool:
        parent.tell({"outlook": asdict(outlook)})
        return parent.stopping.is_set() and outlook.best_gbp is not None

    last = read_plan(task["like"]) if "like" in task else None
    try:
        write_plan(make_plan(checked.case, checked.settings, look, task["run"], last), folder / "plan")
        parent.tell({"done": True})
    except NoPlan as trouble:
        parent.tell({"no_plan": str(trouble)})


if __name__ == "__main__":
    run(work)
