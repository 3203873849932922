"""The rows of a gap report: causes, products, areas, signals and what a kilo more is worth."""

from collections.abc import Iterable
from dataclasses import dataclass

from foodlots.calendar import contract_year, say_months
from foodlots.insight.gap_report import GapReport
from foodlots.insight.gap_words import about_alone, about_checks, about_levers, said_signal
from foodlots.runner import Tell
from foodlots.ui.parts.words import capital
from foodlots.ui.work import Result

FORMATS = {"£ a year": "pounds", "kg a year": "count", "Lifting it is enough, kg": "count",
           "It alone would fill, kg": "count", "£ a kg": "pence"}  # fmt: skip
Rows = list[dict[str, object]]


@dataclass(frozen=True)
class CauseTables:
    """All that the page shows of a report. worth: (product, month) -> the most a kilo more is worth, £."""

    bars: list[tuple[str, float, float]]
    causes: Rows
    products: Rows
    areas: Rows
    signals: Rows
    about_alone: str
    about_worth: list[str]
    worth: dict[tuple[str, int], float]


def find_causes(found: Result, given: None, tell: Tell):
    """The causes, as a piece of work that can be done in another process."""
    return cause_tables(found)


def cause_tables(found: Result) -> CauseTables:
    """Works the report out; it takes some seconds."""
    report = GapReport(found.case, found.settings, found.plan)
    return CauseTables(
        [
            (capital(each.cause), float(each.alone_gbp), float(each.gbp - each.alone_gbp)) for each in report.by_cause
        ],
        _causes(report), _products(report), _areas(report), _signals(report),
        " ".join((about_alone(report), *about_levers(report))), list(about_checks(report)), report.best_worth,
    )  # fmt: skip


def _causes(report: GapReport) -> Rows:
    return [
        {
            "Cause": capital(each.cause),
            "£ a year": each.gbp,
            "kg a year": each.kg,
            "Lifting it is enough, kg": each.alone_kg,
            "It alone would fill, kg": each.would_fill_kg,
        }
        for each in report.by_cause
    ]


def _products(report: GapReport) -> Rows:
    names = [each.cause for each in report.by_cause]
    return [
        {
            "Product": report.standing.case.products[each.product].name,
            "£ a year": each.gbp,
            **{capital(cause): each.causes.get(cause, 0) for cause in names},
        }
        for each in report.by_product
    ]


def product_formats(tables: CauseTables) -> dict[str, str]:
    """The formats of the table of products."""
    return {"£ a year": "pounds", **{str(row["Cause"]): "pounds" for row in tables.causes}}


def _areas(report: GapReport) -> Rows:
    return [{"Area": area, "£ a year": gbp, "kg a year": kg} for area, (kg, gbp) in report.by_area.items()]


def _signals(report: GapReport) -> Rows:
    case, first = report.standing.case, report.standing.settings.case.first_month
    return [
        {
            "What": said_signal(report, signal),
            "£ a year": signal.gbp,
            "kg a year": signal.kg,
            "Months": capital(say_months(signal.months, first)),
            "Most of it for": signal.area,
            "Who could first": ", ".join(case.producers[grower].name for grower in signal.growers[:3]),
            "Opens lots": _lots(report, signal.opens),
            "Fills lots": _lots(report, signal.fills),
        }
        for signal in report.signals
    ]


def _lots(report: GapReport, lots: Iterable[str]) -> str:
    """Lots by their names."""
    return "; ".join(report.causes.lot(lot).name for lot in lots)


def worth_rows(found: Result, tables: CauseTables, product: str) -> Rows:
    """What a further kilo of one product is worth, month by month, where a winner is short of it."""
    return [
        {"Month": capital(say_months([month])), "£ a kg": tables.worth[product, month]}
        for month in contract_year(found.settings.case.first_month)
        if (product, month) in tables.worth
    ]
