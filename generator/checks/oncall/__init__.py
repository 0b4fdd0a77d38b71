"""Checks of who is on call."""
