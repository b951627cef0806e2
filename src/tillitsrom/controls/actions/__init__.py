"""The only writers of control measures: `measures`, `evaluations`, and what the clock does."""
