"""Notices: what happened with what a person cares about, in the application and by e-mail.

Reading order: kinds.py, models.py, actions.py, delivery.py, views.py. A slice registers its kinds in `notice_kinds.py` and calls
`notices.actions.send` in the transaction that made the thing happen.
"""
