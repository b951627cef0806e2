"""Contracts of the whole site, which no slice can check alone."""
