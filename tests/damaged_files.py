"""Thirty and more ways in which a published file goes wrong between the publisher and the user."""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from published import csv_data

Rows = list[list[str]]
Damage = Callable[["Case"], bytes]


@dataclass(frozen=True)
class Case:
    """A sound file as rows, a needed heading of it, a heading of numbers, and a file of another kind."""

    rows: Rows
    needed: str
    amount: str
    other: bytes

    def with_amounts(self, change: Callable[[str], str], every: int = 1) -> Rows:
        place = self.rows[0].index(self.amount)
        return [self.rows[0], *(
            [*row[:place], change(row[place]) if number % every == 0 and row[place] else row[place], *row[place + 1 :]]
            for number, row in enumerate(self.rows[1:]))]  # fmt: skip

    def with_heading(self, change: Callable[[str], str]) -> Rows:
        return [[change(cell) if cell == self.needed else cell for cell in self.rows[0]], *self.rows[1:]]


def data(case: Case) -> bytes:
    return csv_data(case.rows)


def zipped(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", content)
    return stream.getvalue()


def without(case: Case, heading: str) -> Rows:
    place = case.rows[0].index(heading)
    return [[*row[:place], *row[place + 1 :]] for row in case.rows]


def unclosed(case: Case) -> bytes:
    lines = data(case).split(b"\r\n")
    lines[1] = b'"' + lines[1]
    return b"\r\n".join(lines)


def mixed(case: Case) -> bytes:
    lines = data(case).split(b"\r\n")
    lines[1] = lines[1].replace(b"e", "é".encode("cp1252"))
    lines[2] = lines[2].replace(b"e", "é".encode())
    return b"\r\n".join(lines)


def joined(rows: Rows, mark: str) -> bytes:
    return "".join(mark.join(cell.replace(mark, " ") for cell in row) + "\r\n" for row in rows).encode()


DAMAGES: dict[str, Damage] = {
    "empty": lambda case: b"",
    "headings alone": lambda case: csv_data(case.rows[:1]),
    "cut in the last row": lambda case: data(case)[: -len(",".join(case.rows[-1])) // 2 - 2],
    "cut in the last value": lambda case: data(case)[:-3],
    "cut in the middle": lambda case: data(case)[: len(data(case)) // 2],
    "cut in the headings": lambda case: data(case)[:20],
    "a web page": lambda case: b"<!DOCTYPE html><html><body>Service unavailable</body></html>",
    "json": lambda case: b'{"error": "not found"}',
    "a pdf": lambda case: b"%PDF-1.7 nothing",
    "a cut gzip": lambda case: gzip.compress(data(case))[:-12],
    "a cut zip": lambda case: zipped(data(case))[:-30],
    "an empty zip": lambda case: zipped(b"")[:0] or b"PK\x05\x06" + b"\x00" * 18,
    "utf-16": lambda case: data(case).decode().encode("utf-16"),
    "windows letters": lambda case: data(case).decode().replace("Mill", "Mîll").encode("cp1252"),
    "two encodings": mixed,
    "nought bytes": lambda case: data(case).replace(b",", b"\x00,", 40),
    "semicolons": lambda case: joined(case.rows, ";"),
    "tabs": lambda case: joined(case.rows, "\t"),
    "byte-order mark": lambda case: b"\xef\xbb\xbf" + data(case),
    "old Mac line ends": lambda case: data(case).replace(b"\r\n", b"\r"),
    "titles above": lambda case: csv_data(
        [["Published list", *[""] * (len(case.rows[0]) - 1)], [""] * len(case.rows[0]), *case.rows]
    ),
    "a total below": lambda case: csv_data([*case.rows, ["Total", *["999"] * (len(case.rows[0]) - 1)]]),
    "blank rows": lambda case: csv_data([*case.rows[:2], [""] * len(case.rows[0]), *case.rows[2:]]),
    "a renamed column": lambda case: csv_data(case.with_heading(lambda cell: f"{cell} (new definition)")),
    "a missing column": lambda case: csv_data(without(case, case.needed)),
    "a column twice": lambda case: csv_data([[*row, row[case.rows[0].index(case.needed)]] for row in case.rows]),
    "columns turned round": lambda case: csv_data([row[::-1] for row in case.rows]),
    "a column more": lambda case: csv_data([[*row, "new"] for row in case.rows]),
    "a value too many": lambda case: csv_data([*case.rows[:2], [*case.rows[2], "x"], *case.rows[3:]]),
    "an open quote": unclosed,
    "words for numbers": lambda case: csv_data(case.with_amounts(lambda cell: "to be confirmed", 2)),
    "minus": lambda case: csv_data(case.with_amounts(lambda cell: f"-{cell}", 2)),
    "decimal commas": lambda case: csv_data(case.with_amounts(lambda cell: f"{cell.replace(',', '')},5")),
    "letters for noughts": lambda case: csv_data(case.with_amounts(lambda cell: cell.replace("0", "O"))),
    "Excel's powers": lambda case: csv_data(case.with_amounts(lambda cell: "2.1E+05")),
    "a million times": lambda case: csv_data(case.with_amounts(lambda cell: f"{cell.replace(',', '')}000000", 2)),
    "every row twice": lambda case: csv_data([case.rows[0], *(row for row in case.rows[1:] for _ in range(2))]),
    "another kind of file": lambda case: case.other,
}
