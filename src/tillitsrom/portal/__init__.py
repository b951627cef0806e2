"""Portal: the front door, my desk and the open data. What the public sees is what `visible_to` gives to nobody in particular.

Reading order: queries, views, dcat, burden.
"""
