"""Reading: a steering document goes in, every requirement in it comes out. Pure Python, no Django.

Reading order: model, sources, extract, addressee, blocks, walk, sentences, cues, requirements, dues, compare, isolated.
"""
