"""Checks of postmortems."""
