"""Tests import each other by name: `from golden_case import …`; a slow machine is no fault of what is tested."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("foodlots", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("foodlots")
