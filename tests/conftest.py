"""Tests import each other by name: `from golden_case import …`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
