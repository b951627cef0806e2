"""Cooperation between the parties: bodies, cases, meetings, positions and minutes, under the agreement that holds.

Reading order: models.py, lifecycle.py, rules.py, actions/, views/. The rules of the agreements are data in `rulesets`.
"""
