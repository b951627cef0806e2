"""Reading: a steering document goes in, every requirement in it comes out. Pure Python, no Django.

Reading order: model, sources, blocks, sentences, requirements, compare.
"""
