"""Settings as text: settings.toml, a settings sheet or overrides in, the same text out again."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from foodlots.errors import Fault
from foodlots.files.raw import FileFault, RawSetting, RawTable, file_fault
from foodlots.settings_table import SECTIONS
from foodlots.values.texts import shown

LINE = re.compile(r"line (\d+)")


def read_toml(file: str, text: str) -> tuple[RawSetting, ...]:
    """Every setting of a settings.toml, with its line. Raises FileFault when it is not TOML."""
    text = re.sub("\r\n?", "\n", text)
    try:
        sections = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as trouble:
        raise _not_toml(file, str(trouble), text) from None
    lines = _lines(text)
    return tuple(
        RawSetting(section, key, as_text(value), lines.get((section, key), lines.get((section, ""), 0)))
        for section, key, value in _flat(sections)
    )


def _not_toml(file: str, trouble: str, text: str) -> FileFault:
    found = LINE.search(trouble)
    row = int(found[1]) if found else len(text.splitlines())
    why = re.sub(r"\s*\(at .*\)$", "", trouble)
    return file_fault("settings", file, f"{file} cannot be read here ({shown(why)})",
                      'write key = value, texts in quotation marks "…", lists in [ ]', row)  # fmt: skip


def _flat(sections: dict) -> Iterator[tuple[str, str, object]]:
    for section, content in sections.items():
        if isinstance(content, dict):
            for key, value in content.items():
                yield section, key, value
        else:
            yield "", section, content


def _lines(text: str) -> dict[tuple[str, str], int]:
    """The line where each section and key begins; a sub-section counts as a key."""
    found: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := re.match(r"\s*\[\s*\"?([\w-]+)\"?(?:\s*\.\s*\"?([\w-]+))?", line):
            section = header[1]
            found.setdefault((section, header[2] or ""), number)
        elif key := re.match(r"\s*\"?([\w-]+)\"?(?:\s*\.\s*\"?([\w-]+)\"?)?[\w\s.\"-]*=", line):
            path = (section, key[1]) if section else (key[1], key[2]) if key[2] else ("", key[1])
            found.setdefault(path, number)
    return found


def as_text(value: object) -> str:
    """A TOML value as the text a settings sheet would hold: no quotation marks round a plain text."""
    return value if isinstance(value, str) else toml_of(value)


def toml_of(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_of, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{toml_key(key)} = {toml_of(item)}" for key, item in value.items()) + " }"
    return str(value)


def toml_key(key: str) -> str:
    """A key as TOML writes it: bare when it may be."""
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else quoted(key)


def quoted(text: str) -> str:
    """A text in TOML's quotation marks."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + re.sub(r'[\\"\x00-\x1f\x7f]', lambda m: escapes.get(m[0], f"\\u{ord(m[0]):04X}"), text) + '"'


def toml_value(text: str) -> object:
    """What a text says in TOML; raises ValueError when it says nothing."""
    if "\n" in text or "\r" in text:
        raise ValueError("a value stands on one line")
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except (tomllib.TOMLDecodeError, RecursionError) as trouble:
        raise ValueError(str(trouble)) from None


def write_toml(settings: Iterable[RawSetting]) -> str:
    """A settings.toml that reads back as the same texts; a later setting replaces an earlier one of its name."""
    last = {(setting.section, setting.key): setting.value for setting in settings}
    sections = sorted({section for section, _ in last}, key=lambda name: (name != "", _place(name), name))
    blocks = []
    for section in sections:
        lines = [f"[{toml_key(section)}]"] if section else []
        lines += [f"{toml_key(key)} = {literal(value)}" for (own, key), value in last.items() if own == section]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _place(section: str) -> int:
    return SECTIONS.index(section) if section in SECTIONS else len(SECTIONS)


def literal(text: str) -> str:
    """The text as a TOML value that reads back as the same text."""
    try:
        value = toml_value(text)
    except ValueError:
        return quoted(text)
    return text if not isinstance(value, str) and as_text(value) == text else quoted(text)


def from_sheet(table: RawTable) -> tuple[RawSetting, ...]:
    """The settings of a workbook's settings sheet; a row without a value keeps the default."""
    places = [table.headings.index(name) if name in table.headings else -1 for name in ("section", "key", "value")]
    settings = []
    for row in table.rows:
        section, key, value = (row.cells[place] if place >= 0 else "" for place in places)
        if value.strip():
            settings.append(RawSetting(section.strip(), key.strip(), value, row.number))
    return tuple(settings)


def from_overrides(overrides: Iterable[str]) -> tuple[tuple[RawSetting, ...], list[Fault]]:
    """Settings given as "section.key=value"; what is not of that form is named."""
    settings, faults = [], []
    for override in overrides:
        found = re.fullmatch(r"\s*([\w-]+)\s*\.\s*([\w-]+)\s*=(.*)", override, re.S)
        if found:
            value = found[3].strip()
            settings.append(RawSetting(found[1], found[2], _unquoted(value)))
        else:
            faults.append(Fault("settings", 0, "", override, f"{shown(override)!r} is not a setting",
                                "write section.key=value, for example awards.max_km=60"))  # fmt: skip
    return tuple(settings), faults


def _unquoted(value: str) -> str:
    if not value.startswith(('"', "'")):
        return value
    try:
        return as_text(toml_value(value))
    except ValueError:
        return value
