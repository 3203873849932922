"""The parts pages are put together from: words, frames, tables and buttons."""
