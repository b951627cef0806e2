"""«Tid gitt tilbake»: hours before and after each decision, asked of the same front line, confirmed by both parties.

What two parties have not confirmed is shown apart and never claimed. Nothing here is kept of a person or ranks a workplace.
Reading order: models, figures, lifecycle, rules, behind, netting, actions, queries, views, api.
"""
