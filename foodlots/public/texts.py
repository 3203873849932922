"""The text of a large file a line at a time: its encoding found first, told when it is not UTF-8."""

import codecs
import io
import re

from foodlots.errors import Fault
from foodlots.files.kinds import TEXT, how_to_save, kind_of
from foodlots.files.raw import note
from foodlots.public.downloads import Download, refuse

MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
SAVE_AGAIN = "download it again, or save it as CSV UTF-8"


def open_text(download: Download) -> tuple[io.TextIOBase, list[Fault]]:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, and what is worth knowing; raises DataError."""
    start = download.start()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _reader(download, "utf-16"), [note(download.name, "", "is in UTF-16 and was read so")]
    kind = kind_of(start)
    if kind != TEXT:
        raise refuse(download.name, f"{download.name} is {kind}, not a CSV file", how_to_save(kind))
    encoding = _encoding(download)
    notes = [] if encoding == "utf-8-sig" else [
        note(download.name, "", "is in Windows-1252 and was read as such")]  # fmt: skip
    return _reader(download, encoding), notes


def _reader(download: Download, encoding: str) -> io.TextIOBase:
    return io.TextIOWrapper(download.open(), encoding=encoding, newline="")


def _encoding(download: Download) -> str:
    """UTF-8 when every byte agrees, else Windows-1252; a file of both, or of neither, is refused."""
    decoder, mixed, unicode, last = codecs.getincrementaldecoder("utf-8")(), False, True, b""
    for piece in download.pieces():
        if b"\x00" in piece:
            raise refuse(download.name, f"{download.name} holds bytes that are no text (U+0000)", SAVE_AGAIN)
        if unicode:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                unicode = False
        mixed = mixed or bool(MULTIBYTE.search(last + piece))
        if not unicode:
            _refuse_unknown_bytes(download, piece)
        last = piece[-3:]
    if unicode and not _ends_whole(decoder):
        unicode = False
    if not unicode and mixed:
        raise refuse(download.name, f"{download.name} mixes two encodings, so letters in it cannot be trusted",
                     SAVE_AGAIN)  # fmt: skip
    return "utf-8-sig" if unicode else "cp1252"


def _ends_whole(decoder) -> bool:
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_unknown_bytes(download: Download, piece: bytes) -> None:
    try:
        piece.decode("cp1252")
    except UnicodeDecodeError as trouble:
        byte = piece[trouble.start]
        raise refuse(download.name, f"{download.name} is neither UTF-8 nor Windows-1252 (byte 0x{byte:02X})",
                     SAVE_AGAIN) from None  # fmt: skip
