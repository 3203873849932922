"""What a file really is, told by its first bytes, whatever its name says."""

import io
import zipfile

SAVE_CSV = "save it as CSV (File, Save As, CSV UTF-8) or put all tables in one Excel workbook (.xlsx)"
SAVE_XLSX = "open it and save it as an Excel workbook (File, Save As, Excel Workbook .xlsx)"

MAGIC = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
)

WORKBOOK = "an Excel workbook"
TEXT = "text"
OLD_WORKBOOK = "an old Excel workbook (.xls)"
PROTECTED = "password-protected"
DAMAGED = "a damaged zip or workbook"
BINARY_WORKBOOK = "a binary Excel workbook (.xlsb)"
EMPTY = "empty"


def kind_of(data: bytes) -> str:
    """What the bytes are, in a user's words: "text", "an Excel workbook", "a PDF" …"""
    if not data:
        return EMPTY
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return PROTECTED if "EncryptedPackage".encode("utf-16-le") in data else OLD_WORKBOOK
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    return _kind_of_text(data)


def _kind_of_text(data: bytes) -> str:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        return "a web page (HTML)"
    if start.startswith(b"<?xml"):
        return "an XML file"
    if start.startswith((b"{", b"[{")):
        return "a JSON file"
    return TEXT


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:10_000])
            if "mimetype" in names and "content.xml" in names:
                return "an OpenDocument file (.ods)"
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError, KeyError):
        return DAMAGED
    lowered = {name.lower().replace("\\", "/") for name in names}
    if "xl/workbook.bin" in lowered:
        return BINARY_WORKBOOK
    if "xl/workbook.xml" in lowered:
        return WORKBOOK
    if any(name.startswith("word/") for name in lowered):
        return "a Word document"
    return "a zip archive"


def how_to_save(kind: str) -> str:
    """What to do with a file of a kind that is not read."""
    if kind == EMPTY:
        return "save the table again, with its headings"
    if kind == PROTECTED:
        return "remove the password in Excel (File, Info, Protect Workbook) and save it again"
    if kind == DAMAGED:
        return "download it or save it again"
    if kind in (OLD_WORKBOOK, BINARY_WORKBOOK, "an OpenDocument file (.ods)"):
        return SAVE_XLSX
    return SAVE_CSV
