"""What must hold between the tables of a case; checking.RULES lists every check."""
