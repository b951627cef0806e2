"""Insights: indicators and charts over every slice (I6–I11). Asked for, never stored; nobody imports it but the portal.

Reading order: queries, charts, views.
"""
