"""The buyer's levers as fields to fill in: each with its present value, its unit, and what it does."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import streamlit as st

from foodlots.calendar import NAMES, say_months
from foodlots.columns import number_in_words
from foodlots.dictionary import help_of
from foodlots.files.settings_text import toml_of
from foodlots.settings import Settings
from foodlots.settings_table import SETTINGS, Setting
from foodlots.ui import state
from foodlots.ui.editing import setting_of
from foodlots.ui.parts.lever_words import GROUPS, TITLES, Group
from foodlots.ui.parts.words import capital, md
from foodlots.ui.work import Work

BY_LABEL = {setting.label: setting for setting in SETTINGS}
Changes = dict[tuple[str, str], str]
NO_LIMIT = "no limit"
SAID_ALREADY = ("", "lots", "owners", "winners", "areas", "cores", "times", "weeks")  # units that the titles say
SEASONS = {
    "": "None: lots may run the whole year",
    "[[10, 11, 12, 1, 2, 3], [4, 5, 6, 7, 8, 9]]": "Two: October to March, April to September",
    "[[9, 10, 11], [12, 1, 2], [3, 4, 5], [6, 7, 8]]": "Four: autumn, winter, spring, summer",
}


def levers(now: Work, prices: Mapping[str, str]) -> Changes:
    """All levers in their groups; gives the settings that were changed, as settings.toml would say them.

    prices: label -> what is known of its cost, from plans that differ in nothing else.
    """
    changes: Changes = {}
    for tab, group in zip(st.tabs([group.title for group in GROUPS]), GROUPS, strict=True):
        with tab:
            changes |= _group(now, group, prices)
    return changes


def _group(now: Work, group: Group, prices: Mapping[str, str]) -> Changes:
    changes: Changes = {}
    st.caption(group.about)
    columns = st.columns(2)
    for place, label in enumerate(group.labels):
        setting = BY_LABEL[label]
        with columns[place % 2]:
            text = FIELDS.get(setting.kind, _text)(now, setting)
            if text is not None:
                changes[setting.section, setting.name] = text
            if label in prices:
                st.caption(f":material/sell: {prices[label]}")
    return changes


def _value(settings: Settings, setting: Setting):
    return getattr(getattr(settings, setting.section), setting.name)


def _key(setting: Setting, part: str = "") -> str:
    return state.stamped(f"lever-{setting.label}{part}")


def _words(setting: Setting) -> str:
    return md(help_of(setting).replace("`", ""))


def _title(setting: Setting, *more: str) -> str:
    title = TITLES.get(setting.label, capital(setting.meaning))
    return ", ".join([title, *(word for word in more if word not in SAID_ALREADY)])


def _number(now: Work, setting: Setting) -> str | None:
    """An amount; a share is typed as a percentage. Empty goes back to the default."""
    share = setting.unit == "share"
    times = Decimal(100 if share else 1)
    value = _value(now.settings, setting)
    typed = st.number_input(
        _title(setting, "%" if share else setting.unit),
        min_value=None if setting.least is None else float(setting.least * times),
        max_value=None if setting.most is None else float(setting.most * times),
        value=None if value is None else float(value * times),
        step=_step(setting), format="%g", placeholder=NO_LIMIT, key=_key(setting), help=_words(setting),
    )  # fmt: skip
    return _changed(value, None if typed is None else Decimal(str(typed)) / times)


def _step(setting: Setting) -> float:
    if setting.unit == "share":
        return 1.0
    if setting.section in ("aims", "costs") and setting.unit not in ("£",):
        return 0.05
    return 1.0


def _whole(now: Work, setting: Setting) -> str | None:
    value = _value(now.settings, setting)
    typed = st.number_input(
        _title(setting, setting.unit), min_value=None if setting.least is None else int(setting.least),
        max_value=None if setting.most is None else int(setting.most), value=value, step=1, placeholder=NO_LIMIT,
        key=_key(setting), help=_words(setting),
    )  # fmt: skip
    return _changed(value, typed)


def _changed(before, after) -> str | None:
    """The text of a changed value, "" to go back to the default, None when it is as before."""
    if before == after:
        return None
    return "" if after is None else number_in_words(Decimal(after))


def _pair(now: Work, setting: Setting) -> str | None:
    """Least and most, either of which may be left out."""
    before = _value(now.settings, setting)
    whole = setting.kind == "wholes"
    left, right = st.columns(2)
    ends = []
    for column, end, value in ((left, "at least", before[0]), (right, "at most", before[1])):
        typed = column.number_input(
            _title(setting, end, setting.unit), min_value=0 if whole else 0.0, step=1 if whole else 1000.0,
            value=None if value is None else (int(value) if whole else float(value)), format=None if whole else "%.0f",
            placeholder=NO_LIMIT, key=_key(setting, end), help=_words(setting),
        )  # fmt: skip
        ends.append(None if typed is None else Decimal(str(typed)))
    if tuple(ends) == tuple(None if value is None else Decimal(value) for value in before):
        return None
    return f"[{', '.join(number_in_words(end) for end in ends)}]" if any(end is not None for end in ends) else ""


def _flag(now: Work, setting: Setting) -> str | None:
    before = _value(now.settings, setting)
    after = st.toggle(_title(setting), value=before, key=_key(setting), help=_words(setting))
    return None if after == before else ("true" if after else "false")


def _month(now: Work, setting: Setting) -> str | None:
    before = _value(now.settings, setting)
    after = st.selectbox(_title(setting), range(1, 13), before - 1, format_func=lambda month: NAMES[month - 1],
                         key=_key(setting), help=_words(setting))  # fmt: skip
    return None if after == before else str(after)


def _seasons(now: Work, setting: Setting) -> str | None:
    before = _value(now.settings, setting)
    present = "" if len(before) == 1 else toml_of([list(season) for season in before])
    options = list(dict.fromkeys([*SEASONS, present]))
    chosen = st.selectbox(
        _title(setting), options, options.index(present), key=_key(setting), help=_words(setting),
        format_func=lambda text: SEASONS.get(text) or "; ".join(
            say_months(season, now.settings.case.first_month) for season in before),
    )  # fmt: skip
    return None if chosen == present else chosen


def _text(now: Work, setting: Setting) -> str | None:
    before = setting_of(now.raw, setting.section, setting.name)
    after = st.text_input(_title(setting), before, key=_key(setting), help=_words(setting), placeholder="the default")
    return None if after.strip() == before else after.strip()


FIELDS: Mapping[str, Callable[[Work, Setting], str | None]] = {
    "number": _number,
    "whole": _whole,
    "amounts": _pair,
    "wholes": _pair,
    "flag": _flag,
    "month": _month,
    "seasons": _seasons,
}
