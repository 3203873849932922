"""Which outcodes are worth writing on a map: those with ground of their own.

Part of the making of outlines.json.gz; needs scipy.
"""

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

NEIGHBOURS = 8
OWN_GROUND = 0.45
SHARED_GROUND = 0.6
WIDER = 1.3
FEWEST_POSTCODES = 60


def outcodes_to_label(postcodes: pd.DataFrame) -> list[str]:
    """The outcodes whose postcodes mostly have postcodes of the same outcode around them, sorted.

    The directory also holds outcodes that were replaced, and those of large users, scattered over others. The outcode
    with the smallest share of its own ground goes first, and the others are then counted without it. Of two that
    share their ground the wider goes, because an outcode is replaced by several smaller ones.
    """
    spots = postcodes[["outcode", "oseast1m", "osnrth1m"]].drop_duplicates().sort_values(["outcode", "oseast1m"])
    outcodes, owner = np.unique(spots["outcode"].to_numpy(dtype=str), return_inverse=True)
    metres = spots[["oseast1m", "osnrth1m"]].to_numpy()
    around = _counts_around(metres, owner, len(outcodes))
    width = _widths(metres, owner)
    small = postcodes["outcode"].value_counts()[outcodes].to_numpy() < FEWEST_POSTCODES
    for outcode in np.flatnonzero(small):
        _drop(outcode, around)
    while (drop := _least_of_its_own(around, width)) >= 0:
        _drop(drop, around)
    return [str(outcode) for outcode, own in zip(outcodes, np.diag(around), strict=True) if own > 0]


def _counts_around(metres: np.ndarray, owner: np.ndarray, outcodes: int) -> np.ndarray:
    """counts[a, b]: how many of the eight nearest postcodes of a's postcodes are b's."""
    _, nearest = cKDTree(metres).query(metres, k=NEIGHBOURS + 1)
    counts = np.zeros((outcodes, outcodes))
    np.add.at(counts, (np.repeat(owner, NEIGHBOURS), owner[nearest[:, 1:]].ravel()), 1)
    return counts


def _widths(metres: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """How far the postcodes of each outcode lie from their middle, metres (root mean square)."""
    number = np.bincount(owner)
    squares = [
        np.bincount(owner, axis**2) / number - (np.bincount(owner, axis) / number) ** 2
        for axis in (metres[:, 0], metres[:, 1])
    ]
    return np.sqrt(squares[0] + squares[1])


def _drop(outcode: int, around: np.ndarray) -> None:
    around[outcode, :] = 0
    around[:, outcode] = 0


def _least_of_its_own(around: np.ndarray, width: np.ndarray) -> int:
    """The outcode to drop next; -1 when every outcode left has enough ground of its own."""
    total = around.sum(axis=1)
    share = np.where(total > 0, np.diag(around) / np.maximum(total, 1), 1.0)
    weakest = int(np.argmin(share))
    if share[weakest] >= OWN_GROUND:
        return -1
    others = around[weakest].copy()
    others[weakest] = 0
    rival = int(np.argmax(others))
    return rival if share[rival] < SHARED_GROUND and width[rival] > WIDER * width[weakest] else weakest
