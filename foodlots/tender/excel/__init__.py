"""Workbooks: pricing schedules to fill in, and lists of lots, kitchens and quantities; every text only text."""
