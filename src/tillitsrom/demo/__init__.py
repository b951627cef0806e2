"""Demo: a fictional municipality, directorate and ministry whose three years of letters tell a story."""
