"""People: organisations and their units, persons, the roles they hold from–to, and the sides they sit on (C2).

Reading order: models, rules, actions, queries, backends, keys, views, api.
"""
