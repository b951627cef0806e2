"""The corpus on the insight pages: figures over a whole folder of documents, read by `tillitsrom corpus build`.

Open to all: whoever names a corpus in the settings shows it to everyone. Nothing in the address becomes SQL; every value is
a parameter. Reading order: store, queries, charts, views.
"""
