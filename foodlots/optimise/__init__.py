"""Lots drawn and awarded in one optimisation: the only rooms of the house that know PuLP and HiGHS."""

from foodlots.optimise.search import Onlooker, Outlook, make_plan

__all__ = ["Onlooker", "Outlook", "make_plan"]
