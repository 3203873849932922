"""Whole countries: a case planned region by region, side by side, with the growers shared out between the regions."""

from foodlots.regional.planning import Pace, plan_by_region

__all__ = ["Pace", "plan_by_region"]
