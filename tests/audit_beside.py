"""What foodlots and the audit read of one case; and the small case as a workbook with something odd in it."""

import io
import zipfile
from dataclasses import fields

from small_case import files

from foodlots import reading
from foodlots.audit.case_reading import read_case
from foodlots.writing import workbook_bytes


def both(source, *overrides):
    """What foodlots and the audit read, as values that can be compared."""
    ours, settings, _ = reading.read_case(source, overrides)
    own, own_settings = read_case(source, overrides)
    return (said(ours), said(settings), ours.sha256), (said(own), said(own_settings), own.sha256)


def said(thing):
    """An entry, or a table of them, with the names of its fields."""
    if hasattr(thing, "__dataclass_fields__"):
        return {part.name: said(getattr(thing, part.name)) for part in fields(thing)}
    if hasattr(thing, "items"):
        return {key: said(each) for key, each in thing.items()}
    return tuple(map(said, thing)) if isinstance(thing, tuple) else thing


def workbook(*changes: tuple[str, str]) -> dict[str, bytes]:
    """The small case as a workbook, with something in its first sheet, buyers, put in another way."""
    kept, changed = zipfile.ZipFile(io.BytesIO(workbook_bytes(reading.read_tables(files())))), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for part in kept.namelist():
            text = kept.read(part).decode()
            for old, new in changes if part.endswith("sheet1.xml") else ():
                assert old in text
                text = text.replace(old, new, 1)
            archive.writestr(part, text)
    return {"case.xlsx": changed.getvalue()}
