"""Signals: what steals time, told by those it steals from, with an owner and a promised date from the first minute.

Reading order: `models`, `lifecycle` and `rules`, `actions` (`sending`, `handling`, `talking`, `grouping`, `clockwork`), then `views`
and `api`. A confidential signal is stored so that nothing in the database says who sent it or when (see docs/signals.md).
"""
