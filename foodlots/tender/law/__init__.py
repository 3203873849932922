"""Checks against the law and the rules of the house: every statement with its source, its date and its standing."""
