"""Journeys, accessibility and pictures in a real browser, against the system as it is served."""
