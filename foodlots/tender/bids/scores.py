"""Quality scores of bids, given by the buyer's evaluators in a CSV file: lot, bidder, score from 0 to 100."""

import csv
import io
from decimal import Decimal
from pathlib import Path

from foodlots.columns import Column
from foodlots.errors import DataError, Fault
from foodlots.values import read_value
from foodlots.values.texts import Unreadable, shown

COLUMNS = ("lot", "bidder", "score")
SCORE = Column("score", "number", "quality, 0 to 100", "points", least=Decimal(0), most=Decimal(100))


def read_scores(path: Path | None) -> dict[tuple[str, str], Decimal]:
    """(lot, bidder) -> score; raises DataError with every row that cannot be read."""
    if path is None:
        return {}
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise DataError(
            [Fault("scores", 0, "", path.name, f"{path.name} is no CSV file", "save it as CSV UTF-8")]
        ) from None
    found, faults = {}, []
    for number, row in enumerate(rows, 2):
        if missing := [name for name in COLUMNS if not row.get(name)]:
            faults.append(Fault("scores", number, missing[0], "", "is missing", "fill in lot, bidder and score"))
            continue
        try:
            found[row["lot"].strip(), row["bidder"].strip()] = read_value(row["score"].strip(), SCORE)[0]
        except Unreadable as trouble:
            faults.append(Fault("scores", number, "score", shown(row["score"]), trouble.problem, trouble.mend))
    if faults:
        raise DataError(faults)
    return found
