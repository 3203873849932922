"""Accreditations in a reader's words."""


def said(accreditation: str) -> str:
    """An accreditation as it is said: red_tractor is red tractor."""
    return accreditation.replace("_", " ")
