"""Settings from settings.toml, from a sheet of them, or typed as "section.key=value"; the last one told counts."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from decimal import Decimal

from foodlots.audit.exact import OffGrid
from foodlots.audit.say import echo
from foodlots.audit.setting_values import is_nothing
from foodlots.audit.settings import CaseSettings, Settings
from foodlots.audit.sheets import Sheet, Unread

Told = tuple[str, str, object]
OVERRIDE = re.compile(r"\s*([\w-]+)\s*\.\s*([\w-]+)\s*=(.*)", re.DOTALL)
LEFT_OUT = re.compile(r"\[\s*,")  # the least of [, 150000]


def read_settings(told: Iterable[Told], name: str) -> Settings:
    """The settings told over their defaults; `name` is what the case is called when they do not say. Raises Unread."""
    settings = Settings(case=CaseSettings(name=name))
    for section, key, value in {(section, key): (section, key, value) for section, key, value in told}.values():
        settings = settings if is_nothing(value) else _with(settings, section, key, value)
    return settings


def from_toml(file: str, text: str) -> Iterator[Told]:
    """What a settings.toml says."""
    try:
        sections = tomllib.loads(re.sub("\r\n?", "\n", text), parse_float=Decimal)
    except (RecursionError, ValueError) as trouble:
        raise Unread(f"{file} cannot be read ({trouble})") from None
    for section, keys in sections.items():
        if not isinstance(keys, dict):
            raise Unread(f"{file}: {section} stands in no section")
        yield from ((section, key, value) for key, value in keys.items())


def from_sheet(sheet: Sheet) -> Iterator[Told]:
    """What a sheet of settings says, a row each."""
    if not {"section", "key", "value"} <= set(sheet.headings):
        raise Unread("the sheet of settings does not tell section, key and value")
    for _, row in sheet.rows:
        yield row["section"], row["key"], _typed(row["value"])


def from_overrides(overrides: Iterable[str]) -> Iterator[Told]:
    """What was typed on a command line."""
    for override in overrides:
        found = OVERRIDE.fullmatch(override)
        if not found:
            raise Unread(f"{echo(override)} is not a setting")
        yield found[1], found[2], _typed(found[3].strip())


def _typed(text: str) -> object:
    """What TOML makes of a text; the text itself where that is nothing."""
    try:
        return tomllib.loads("value = " + LEFT_OUT.sub('["",', text), parse_float=Decimal)["value"]
    except (RecursionError, ValueError):
        return text


def _with(settings: Settings, section: str, key: str, value: object) -> Settings:
    part = getattr(settings, section, None)
    known = {each.name: each for each in fields(part)} if part else {}
    if key not in known:
        raise Unread(f"{section}.{key} is not a setting")
    try:
        return replace(settings, **{section: replace(part, **{key: known[key].metadata["read"](value)})})
    except OffGrid as trouble:
        raise Unread(f"settings {section}.{key}: {echo(str(value))} cannot be read here: {trouble}") from None
