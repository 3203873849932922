"""From settings as text to Settings: each value read by its declared kind, every fault collected."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from foodlots.case import MONTHS
from foodlots.errors import Fault
from foodlots.files.raw import RawSetting, note, warn
from foodlots.files.settings_text import as_text, toml_value
from foodlots.settings import (
    AimSettings,
    AwardSettings,
    CaseSettings,
    CostSettings,
    EffortSettings,
    FloorSettings,
    LimitSettings,
    LotSettings,
    OrderSettings,
    Settings,
)
from foodlots.settings_table import AIMS, SECTIONS, SETTINGS, Setting
from foodlots.values import read_value
from foodlots.values.amounts import read_number
from foodlots.values.months import read_month, read_months
from foodlots.values.texts import Unreadable, nearest, shown

NOTHING = ("", "none", "no limit")
EVERY_BUYER = "*"
BY_LABEL = {setting.label: setting for setting in SETTINGS}
GROUPS = {
    "case": CaseSettings,
    "lots": LotSettings,
    "awards": AwardSettings,
    "floors": FloorSettings,
    "limits": LimitSettings,
    "costs": CostSettings,
    "aims": AimSettings,
    "order": OrderSettings,
    "effort": EffortSettings,
}


def read_settings(given: Iterable[RawSetting], case_name: str, buyers: frozenset[str]) -> tuple[Settings, list[Fault]]:
    """The settings given over the declared defaults, and every fault and note; a setting at fault keeps its default.

    case_name: what the case is called when it is not said · buyers: the ids that local_areas may name.
    """
    values = {setting.label: setting.default for setting in SETTINGS} | {"case.name": case_name}
    faults: list[Fault] = []
    for raw in _last_of_each(given):
        setting = BY_LABEL.get(f"{raw.section}.{raw.key}")
        if setting is None:
            faults.append(_unknown(raw))
        elif raw.value.strip().lower() not in NOTHING:
            try:
                values[setting.label], remark = _read(raw.value, setting)
                if remark:
                    faults.append(_at(note, raw, remark, ""))
            except Unreadable as trouble:
                faults.append(_fault(raw, trouble.problem, trouble.mend))
    faults += _unknown_buyers(given, values["case.local_areas"], buyers)
    values["case.local_areas"] = MappingProxyType(dict(values["case.local_areas"]))
    return _grouped(values), faults


def _last_of_each(given: Iterable[RawSetting]) -> list[RawSetting]:
    return list({(raw.section, raw.key): raw for raw in given}.values())


def _grouped(values: Mapping[str, object]) -> Settings:
    return Settings(**{
        section: group(**{s.name: values[s.label] for s in SETTINGS if s.section == section})
        for section, group in GROUPS.items()
    })  # fmt: skip


def _fault(raw: RawSetting, problem: str, mend: str) -> Fault:
    return Fault("settings", raw.row, f"{raw.section}.{raw.key}".lstrip("."), shown(raw.value), problem, mend)


def _at(kind: Callable[..., Fault], raw: RawSetting, problem: str, mend: str) -> Fault:
    return kind("settings", shown(raw.value), problem, mend, raw.row, f"{raw.section}.{raw.key}".lstrip("."))


def _unknown(raw: RawSetting) -> Fault:
    """A setting that is not declared blocks when it may be a slip, or was given by hand; else it is named and left."""
    label = f"{raw.section}.{raw.key}".lstrip(".")
    near = _nearest_setting(raw)
    if near:
        return _fault(raw, f"{shown(label)!r} is not a setting", f"did you mean '{near}'?")
    if raw.section and raw.row:
        return _at(warn, raw, f"{shown(label)!r} is not a setting and was not used", "remove it")
    known = [setting.name for setting in SETTINGS if setting.section == raw.section] or SECTIONS
    return _fault(raw, f"{shown(label)!r} is not a setting", f"use one of {', '.join(known)}")


def _nearest_setting(raw: RawSetting) -> str:
    elsewhere = [setting.label for setting in SETTINGS if setting.name == raw.key]
    if elsewhere:
        return elsewhere[0]
    if raw.section in SECTIONS:
        near = nearest(raw.key, [setting.name for setting in SETTINGS if setting.section == raw.section])
        return f"{raw.section}.{near}" if near else ""
    return nearest(f"{raw.section}.{raw.key}", BY_LABEL) if raw.section else ""


def _unknown_buyers(given: Iterable[RawSetting], areas, buyers: frozenset[str]) -> list[Fault]:
    raw = next((raw for raw in _last_of_each(given) if (raw.section, raw.key) == ("case", "local_areas")), None)
    strangers = [buyer for buyer, _ in areas if buyer != EVERY_BUYER and buyer not in buyers]
    if raw is None or not buyers:
        return []
    return [_fault(raw, f"{shown(buyer)!r} is not in buyers", _mend_of_buyer(buyer, buyers)) for buyer in strangers]


def _mend_of_buyer(buyer: str, buyers: frozenset[str]) -> str:
    near = nearest(buyer, buyers)
    return f"did you mean '{near}'?" if near else f"use one of {', '.join(sorted(buyers)[:5])}"


def _read(text: str, setting: Setting) -> tuple[object, str]:
    reader = READERS.get(setting.kind)
    return reader(text, setting) if reader else read_value(text, setting)


def read_whole(text: str, setting: Setting) -> tuple[int, str]:
    """A whole number within the setting's bounds."""
    value, remark = read_number(text.strip(), setting)
    if value != value.to_integral_value():
        raise Unreadable(f"{shown(text)!r} is not a whole number", f"write {int(value)} or {int(value) + 1}")
    return int(value), remark


def read_amounts(text: str, setting: Setting) -> tuple[tuple[Decimal | None, Decimal | None], str]:
    """Least and most; either may be empty."""
    return _pair(text, setting, lambda part: read_number(part, setting)[0])


def read_wholes(text: str, setting: Setting) -> tuple[tuple[int | None, int | None], str]:
    """Least and most as whole numbers; either may be empty."""
    return _pair(text, setting, lambda part: read_whole(part, setting)[0])


def _pair(text: str, setting: Setting, read: Callable[[str], object]) -> tuple[tuple, str]:
    parts = _two(text, setting)
    least, most = (None if part.strip().lower() in NOTHING else read(part.strip()) for part in parts)
    if least is not None and most is not None and least > most:
        raise Unreadable(f"the least of {shown(text)}, {least:,}, is above the most, {most:,}",
                         f"write [{most}, {least}]")  # fmt: skip
    return (least, most), ""


def _two(text: str, setting: Setting) -> list[str]:
    """The texts of least and most from `[1, 2]`, `[1]`, `[, 2]`, `["", 2]` or `{ most = 2 }`."""
    trouble = Unreadable(f"{shown(text)!r} is not a least and a most", f"write {setting.example}")
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]") and bare.count(",") == 1 and not {'"', "'"} & set(bare):
        return bare[1:-1].split(",")
    value = _toml(text, trouble)
    if isinstance(value, dict) and set(value) <= {"least", "most"}:
        return [as_text(value.get("least", "")), as_text(value.get("most", ""))]
    if not isinstance(value, list) or not 1 <= len(value) <= 2:
        raise trouble
    parts = [as_text(part) for part in value]
    return parts if len(parts) == 2 else [*parts, ""]


def _toml(text: str, trouble: Unreadable) -> object:
    try:
        return toml_value(text)
    except ValueError:
        raise trouble from None


def read_seasons(text: str, setting: Setting) -> tuple[tuple[tuple[int, ...], ...], str]:
    """Groups of months that together hold each month once, as lists of numbers or texts such as "Sep-Mar"."""
    trouble = Unreadable(f"{shown(text)!r} is not a list of seasons", f"write {setting.example}")
    value = _toml(text, trouble)
    if not isinstance(value, list) or not value:
        raise trouble
    seasons = [_season(season, trouble) for season in value]
    counted = [month for season in seasons for month in season]
    twice = sorted({month for month in counted if counted.count(month) > 1})
    missing = [month for month in MONTHS if month not in counted]
    if twice:
        raise Unreadable(f"month {_listed(twice)} is in more than one season", "put each month in one season")
    if missing:
        raise Unreadable(f"month {_listed(missing)} is in no season", "put each month in one season")
    return tuple(seasons), ""


def _season(value: object, trouble: Unreadable) -> tuple[int, ...]:
    if isinstance(value, str):
        return read_months(value)
    if not isinstance(value, list) or not value:
        raise trouble
    return tuple(read_month(as_text(month)) for month in value)


def _listed(months: list[int]) -> str:
    return ", ".join(map(str, months))


def read_weeks(text: str, setting: Setting) -> tuple[tuple[Decimal, ...], str]:
    """Twelve numbers of weeks, January first, that do not all vanish."""
    trouble = Unreadable(f"{shown(text)!r} is not a list of twelve numbers", f"write {setting.default_words}")
    value = _toml(text, trouble)
    if not isinstance(value, list) or len(value) != len(MONTHS):
        raise trouble
    weeks = tuple(read_number(as_text(item), setting)[0] for item in value)
    if not any(weeks):
        raise Unreadable("no month has a week of term", f"write {setting.default_words}")
    return weeks, ""


def read_area_lists(text: str, setting: Setting) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str]:
    """Area codes by buyer, or one list for all buyers (under "*"), as pairs in order of buyer."""
    trouble = Unreadable(f"{shown(text)!r} is not a list of area codes", f"write {setting.example}")
    value = _toml(text, trouble) if text.strip().startswith(("[", "{")) else text.split(";")
    lists = value if isinstance(value, dict) else {EVERY_BUYER: value}
    return tuple(sorted((buyer, _codes(codes, trouble)) for buyer, codes in lists.items())), ""


def _codes(value: object, trouble: Unreadable) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) and code.strip() for code in value):
        raise trouble
    return tuple(sorted({code.strip().upper() for code in value}))


def read_aims(text: str, setting: Setting) -> tuple[tuple[str, ...], str]:
    """Aims in their order, each once, as a list or with `;` between them."""
    trouble = Unreadable(f"{shown(text)!r} is not an order of aims", f"write {setting.example}")
    value = _toml(text, trouble) if text.strip().startswith("[") else text.split(";")
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise trouble
    order = tuple(name.strip().lower() for name in value if name.strip())
    strangers = [name for name in order if name not in AIMS]
    if strangers:
        raise Unreadable(f"{shown(strangers[0])!r} is not an aim", f"use some of {', '.join(AIMS)}")
    if len(set(order)) < len(order):
        raise Unreadable(f"{shown(text)!r} names an aim twice", "name each once")
    return order, ""


READERS: dict[str, Callable[[str, Setting], tuple[object, str]]] = {
    "whole": read_whole,
    "amounts": read_amounts,
    "wholes": read_wholes,
    "seasons": read_seasons,
    "weeks": read_weeks,
    "area_lists": read_area_lists,
    "aims": read_aims,
}
