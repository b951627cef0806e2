"""Tillitsrom: the place where the trust reform is carried through, from a demand to time given back."""

__version__ = "0.1.0"
