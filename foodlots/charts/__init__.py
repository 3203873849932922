"""Pictures of a case and a plan, as Altair charts: every one with words for those who do not see it."""

from foodlots.charts.break_even import break_even_chart
from foodlots.charts.causes import cause_chart
from foodlots.charts.course import course_chart, course_words
from foodlots.charts.fits import fit_chart
from foodlots.charts.flow import flow_chart
from foodlots.charts.months import fill_chart, gap_chart, months_chart, share_chart, wanted_chart
from foodlots.charts.places import places_chart, weights_chart
from foodlots.charts.rings import rings_chart
from foodlots.charts.risks import failures_chart, thresholds_chart, years_chart
from foodlots.charts.trade_off import price_chart, trade_off_chart

__all__ = [
    "break_even_chart",
    "cause_chart",
    "course_chart",
    "course_words",
    "failures_chart",
    "fill_chart",
    "fit_chart",
    "flow_chart",
    "gap_chart",
    "months_chart",
    "places_chart",
    "price_chart",
    "rings_chart",
    "share_chart",
    "thresholds_chart",
    "trade_off_chart",
    "wanted_chart",
    "weights_chart",
    "years_chart",
]
