"""Control measures: what is measured and controlled at a workplace, why, since when, and when the parties look at it again.

Never of a person: the register holds what a measure is and whom as a group it covers, and refuses data that measures people.
"""
