"""The shell every page stands in: base template, components, forms, charts, error pages and static files.

Reading order: templates/web/base.html, templates/cotton/ (documented in docs/components.md), context.py, forms.py,
charts.py, chart_files.py, views.py, middleware.py.
"""
