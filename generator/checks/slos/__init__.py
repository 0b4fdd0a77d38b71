"""Checks of SLOs."""
