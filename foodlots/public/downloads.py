"""A downloaded file, opened whatever it is wrapped in; a large one is never held whole."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from foodlots.errors import DataError, Fault

CHUNK = 1 << 20
ZIP, GZIP, WORKBOOK_PART = b"PK\x03\x04", b"\x1f\x8b", "xl/workbook.xml"
DATA_ENDINGS = (".csv", ".xml", ".json", ".geojson", ".txt")
DAMAGE = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Download:
    """One file: its name and a way to open its bytes from the start."""

    name: str
    open: Callable[[], BinaryIO]

    @classmethod
    def at(cls, path: str | Path) -> "Download":
        """The file at a path; raises DataError when there is none."""
        path = Path(path)
        if not path.is_file():
            raise refuse(path.name, f"there is no file {path.name}", "check where your browser saved it")
        return cls(path.name, lambda: path.open("rb"))

    @classmethod
    def of(cls, name: str, data: bytes) -> "Download":
        """A file whose bytes are at hand, as one uploaded."""
        return cls(name, lambda: io.BytesIO(data))

    def start(self, size: int = CHUNK) -> bytes:
        """Its first bytes; raises DataError when what it is wrapped in is damaged."""
        try:
            with self.open() as stream:
                return stream.read(size)
        except DAMAGE:
            raise cut_off(self.name, f"{self.name} is damaged or was cut off") from None

    def whole(self, most: int) -> bytes:
        """All its bytes; raises DataError beyond `most`."""
        data = self.start(most + 1)
        if len(data) > most:
            raise refuse(self.name, f"{self.name} is larger than {most // 1_000_000} MB", "give the file alone")
        return data

    def pieces(self) -> Iterator[bytes]:
        """Its bytes a piece at a time; raises DataError when what it is wrapped in is damaged."""
        try:
            with self.open() as stream:
                while piece := stream.read(CHUNK):
                    yield piece
        except DAMAGE:
            raise cut_off(self.name, f"{self.name} is damaged or was cut off") from None

    def sha256(self) -> str:
        """Its SHA-256, for the record of what was imported."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()


def refuse(file: str, problem: str, mend: str, row: int = 0, column: str = "") -> DataError:
    """The one clear error for a file that cannot be used."""
    return DataError([Fault(file, row, column, file, problem.removeprefix(f"{file} "), mend)])


def cut_off(file: str, problem: str, row: int = 0) -> DataError:
    """The error for a download that broke off."""
    return refuse(file, problem, "download it again and compare its size with the publisher's", row)


def unwrap(download: Download) -> list[Download]:
    """The data files inside a gzip or zip file, by name; the file itself when it is not wrapped."""
    magic = download.start(4)
    if not magic:
        raise refuse(download.name, f"{download.name} is empty", "download it again")
    if magic.startswith(GZIP):
        return [Download(download.name.removesuffix(".gz"), lambda: _gunzip(download))]
    if not magic.startswith(ZIP):
        return [download]
    try:
        with download.open() as stream, zipfile.ZipFile(stream) as archive:
            names = sorted(archive.namelist())
    except DAMAGE:
        raise cut_off(download.name, f"{download.name} is a damaged zip file or workbook") from None
    if WORKBOOK_PART in names or "content.xml" in names:
        return [download]
    inside = [name for name in names if name.lower().endswith(DATA_ENDINGS) and not name.startswith("__MACOSX")]
    if not inside:
        raise refuse(download.name, f"{download.name} holds no CSV, XML or JSON file", "give the data file itself")
    return [_member(download, name) for name in inside]


def unwrap_all(downloads: Sequence[Download]) -> list[Download]:
    """The data files inside several files, in order."""
    return [part for download in downloads for part in unwrap(download)]


def _gunzip(download: Download) -> gzip.GzipFile:
    opened = download.open()
    unpacked = gzip.GzipFile(fileobj=opened)
    unpacked.myfileobj = opened  # closed with it
    return unpacked


def _member(download: Download, name: str) -> Download:
    return Download(PurePosixPath(name).name, lambda: _member_of(download.open(), name))


def _member_of(outer: BinaryIO, name: str) -> BinaryIO:
    try:
        return _Member(zipfile.ZipFile(outer).open(name), outer)
    except Exception:
        outer.close()
        raise


class _Member(io.BufferedReader):
    """One file inside a zip file, which is closed with it."""

    def __init__(self, inner: BinaryIO, outer: BinaryIO):
        super().__init__(inner)
        self._outer = outer

    def close(self) -> None:
        super().close()
        self._outer.close()
