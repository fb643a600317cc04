"""Conditions, orders, pages and aggregates as SQL."""
