"""Corpus: a whole folder of documents becomes one Parquet file that anybody can ask. No Django.

Reading order: rows, facts, child, bounded, inventory, journal, engines, progress, parquet, build, query, questions, answers, command.
"""
