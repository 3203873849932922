"""Word papers: templates by code, accessible and print-ready, every text of the data only text."""
