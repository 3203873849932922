"""Questions asked of a case and a plan: each file answers one, and is named after what it answers."""
