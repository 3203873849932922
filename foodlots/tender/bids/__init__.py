"""Bids: filled-in pricing schedules read back, checked, compared, and the awards they lead to."""
