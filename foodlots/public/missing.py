"""What a built case still lacks, and the quickest way to get each of it."""

from collections.abc import Iterator

from foodlots.files.raw import RawCase
from foodlots.public.builder import rows_of


def missing(case: RawCase) -> tuple[str, ...]:
    """One sentence for each thing that is missing or only assumed, the quickest mend with it."""
    return tuple(sentence for find in FINDINGS for sentence in find(case))


def _places(case: RawCase) -> Iterator[str]:
    sites = [row for row in rows_of(case, "sites") if not row.get("lat")]
    if sites:
        yield f"{len(sites):,} kitchens are placed by postcode only: import the ONS postcode directory (postcodes)."


def _growers(case: RawCase) -> Iterator[str]:
    producers = rows_of(case, "producers")
    assumed = [row for row in producers if row["producer"].startswith("assumed_")]
    if assumed:
        yield (f"{len(assumed):,} growers and bakers are assumed: send the survey form to real ones (foodlots survey) "
               "and import what comes back; the food hygiene register lists farms by authority (hygiene).")  # fmt: skip
    elif not any(row.get("kind") == "farm" for row in producers):
        yield "No grower is known: import the food hygiene register (hygiene) or send the survey (foodlots survey)."


def _offers(case: RawCase) -> Iterator[str]:
    offering = {row["producer"] for row in rows_of(case, "offers")}
    silent = [row for row in rows_of(case, "producers") if row["producer"] not in offering]
    if silent:
        yield f"{len(silent):,} producers say nothing of what they can supply: send them the survey (foodlots survey)."


def _approved(case: RawCase) -> Iterator[str]:
    if not any(row["producer"].startswith("fsa_") for row in rows_of(case, "producers")):
        yield "No maker of meat, dairy or eggs is known: import the approved food establishments (establishments)."


def _prices(case: RawCase) -> Iterator[str]:
    told = [row for row in rows_of(case, "provenance") if row.get("column") == "benchmark_gbp_per_kg"]
    assumed = [row for row in told if row.get("standing") == "assumed"]
    if assumed:
        yield f"{len(assumed)} open-market prices are assumed: put your wholesaler's prices in products."


def _budgets(case: RawCase) -> Iterator[str]:
    if any(row.get("table") == "budgets" and row.get("standing") == "assumed" for row in rows_of(case, "provenance")):
        yield "Budgets are assumed: put your own £ a year in budgets, or build with --budget."


def _spend(case: RawCase) -> Iterator[str]:
    if not rows_of(case, "spend"):
        yield "Today's spending is not known: import your payments over £500 (spend)."


def _depots(case: RawCase) -> Iterator[str]:
    if not rows_of(case, "depots"):
        yield "No depot is known, so every lot is delivered kitchen by kitchen: add one in depots if you have a hub."


FINDINGS = (_places, _growers, _approved, _offers, _prices, _budgets, _spend, _depots)
