"""How fast foodlots is: invented cases of any size at real places, and the measuring of what is done with them."""

from foodlots.bench.generating import Size, generate
from foodlots.bench.measuring import GAPS, Course, Measured, machine, measure

__all__ = ["GAPS", "Course", "Measured", "Size", "generate", "machine", "measure"]
