"""Tests import each other by name: `from golden_case import …`; a real browser is there for whoever asks for one."""

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

if find_spec("playwright"):
    from browser_visit import address, browser, visit  # noqa: F401
