"""Requirements through the years: what became of each, how long it has stood, and who else demands the same.

Read `words` (what is compared), `index` (which texts are weighed against each other), `groups` (kept, reworded, split,
merged, moved, new, gone), then `lives` (many years, many levels) and `difference` (word by word). Plain values in and out.
"""
