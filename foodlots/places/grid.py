"""From the national grid of Great Britain (easting, northing) to latitude and longitude."""

import numpy as np

AIRY_1830 = (6377563.396, 6356256.909)
WGS84 = (6378137.0, 6356752.314245)
TRUE_ORIGIN = (np.radians(49.0), np.radians(-2.0))
FALSE_ORIGIN = (400_000.0, -100_000.0)
SCALE = 0.9996012717
SHIFT_M = (446.448, -125.157, 542.060)
TURN_SECONDS = (0.1502, 0.2470, 0.8421)
SCALE_PPM = -20.4894


def latitude_longitude(easting, northing) -> tuple[np.ndarray, np.ndarray]:
    """The latitude and longitude (WGS84, degrees) of points given in metres on the national grid, within about 5 m.

    Inverse transverse Mercator on the Airy ellipsoid, then the seven-number Helmert shift to WGS84.
    Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C and section 6.6.
    """
    lat, lon = _unproject(np.asarray(easting, dtype=float), np.asarray(northing, dtype=float))
    x, y, z = _shift(*_to_space(lat, lon, AIRY_1830))
    lat, lon = _from_space(x, y, z, WGS84)
    return np.degrees(lat), np.degrees(lon)


def _meridian_arc(lat: np.ndarray) -> np.ndarray:
    """Metres along the meridian from the true origin to `lat`, scaled."""
    a, b = AIRY_1830
    n = (a - b) / (a + b)
    d, s = lat - TRUE_ORIGIN[0], lat + TRUE_ORIGIN[0]
    return (b * SCALE) * (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * d
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(d) * np.cos(s)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * d) * np.cos(2 * s)
        - 35 / 24 * n**3 * np.sin(3 * d) * np.cos(3 * s)
    )


def _unproject(easting: np.ndarray, northing: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude (radians) on the Airy ellipsoid; seven rounds leave less than 0.01 mm."""
    a, b = AIRY_1830
    lat = (northing - FALSE_ORIGIN[1]) / (a * SCALE) + TRUE_ORIGIN[0]
    for _ in range(7):
        lat = lat + (northing - FALSE_ORIGIN[1] - _meridian_arc(lat)) / (a * SCALE)
    e2 = 1 - (b / a) ** 2
    nu = a * SCALE / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    rho = a * SCALE * (1 - e2) / (1 - e2 * np.sin(lat) ** 2) ** 1.5
    eta2 = nu / rho - 1
    t, sec = np.tan(lat), 1 / np.cos(lat)
    de = easting - FALSE_ORIGIN[0]
    north = (
        t / (2 * rho * nu) * de**2
        - t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * de**4
        + t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * de**6
    )
    east = (
        sec / nu * de
        - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * de**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * de**5
        - sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * de**7
    )
    return lat - north, TRUE_ORIGIN[1] + east


def _to_space(lat: np.ndarray, lon: np.ndarray, ellipsoid: tuple[float, float]) -> tuple:
    a, b = ellipsoid
    e2 = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), nu * (1 - e2) * np.sin(lat)


def _shift(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> tuple:
    rx, ry, rz = (np.radians(seconds / 3600) for seconds in TURN_SECONDS)
    grow = 1 + SCALE_PPM * 1e-6
    return (
        SHIFT_M[0] + grow * x - rz * y + ry * z,
        SHIFT_M[1] + rz * x + grow * y - rx * z,
        SHIFT_M[2] - ry * x + rx * y + grow * z,
    )


def _from_space(x: np.ndarray, y: np.ndarray, z: np.ndarray, ellipsoid: tuple[float, float]) -> tuple:
    a, b = ellipsoid
    e2 = 1 - (b / a) ** 2
    across = np.hypot(x, y)
    lat = np.arctan2(z, across * (1 - e2))
    for _ in range(6):
        nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), across)
    return lat, np.arctan2(y, x)
