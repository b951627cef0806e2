"""Checking: what makes steering heavy, in documents of the register and in drafts that are never kept.

Reading order: rules, drafts, documents, rule_pages, shown, forms, views, api.
"""
