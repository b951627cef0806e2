"""The only writers of outcomes: `decisions.decide`, `requests`, `obstacles`, `duties`, and what the clock does."""
