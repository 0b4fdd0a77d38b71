"""Checks of what PagerDuty gets."""
