"""The parts of a workbook, inflated within limits: a small file may not become a huge one."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from foodlots.files.raw import file_fault

MOST_ENTRIES = 2_000
MOST_INFLATED = 200_000_000  # bytes, all parts together
MOST_RATIO = 100
ALWAYS_ALLOWED = 10_000_000  # bytes that may be inflated whatever the ratio
CHUNK = 1 << 20
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


class Archive:
    """A workbook's zip file; every byte inflated is counted, whatever its headers claim."""

    def __init__(self, table: str, file: str, data: bytes):
        self.table, self.file = table, file
        self._size = len(data)
        self._inflated = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except DAMAGE:
            raise self.damaged() from None
        if len(entries) > MOST_ENTRIES:
            raise self._too_much(f"{file} holds {len(entries):,} parts; the most read is {MOST_ENTRIES:,}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise file_fault(table, file, f"{file} is password-protected", "remove the password and save it again")
        self.names = frozenset(entry.filename for entry in entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one part, a piece at a time."""
        try:
            with self._zip.open(name) as part:
                while piece := part.read(CHUNK):
                    self._inflated += len(piece)
                    self._refuse_bomb()
                    yield piece
        except DAMAGE:
            raise self.damaged() from None

    def _refuse_bomb(self) -> None:
        allowed = min(MOST_INFLATED, max(ALWAYS_ALLOWED, MOST_RATIO * self._size))
        if self._inflated > allowed:
            raise self._too_much(f"{self.file} unpacks to more than {allowed // 1_000_000} MB")

    def _too_much(self, problem: str):
        return file_fault(self.table, self.file, problem, "save the tables alone in a new workbook")

    def damaged(self):
        """The fault of a file that cannot be unpacked."""
        return file_fault(self.table, self.file, f"{self.file} is damaged", "download it or save it again")
