"""Tests import each other by name, a browser is there for who asks; a slow machine is no fault of what is tested."""

import sys
from importlib.util import find_spec
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("foodlots", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("foodlots")

if find_spec("playwright"):
    from browser_visit import address, browser, visit  # noqa: F401
