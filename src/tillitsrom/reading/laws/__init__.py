"""Reading of laws and regulations: every duty, prohibition and duty to report, with who has it and in which section.

Reading order: recognise, sections, bearers, sentence, verdict, walk, read.
"""
