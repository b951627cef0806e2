"""Demo: a fictional municipality, directorate and ministry whose three years of letters tell a story.

Reading order: setting.yaml, story.yaml, letters, loader, formats.
"""
