"""What every slice shares: decisions with reasons, lifecycles, the event log, openness. Knows no slice.

Reading order: decisions, lifecycles, events, openness, models, export, problem, reference.
"""
