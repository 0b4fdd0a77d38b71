"""Prometheus rules as sources mean them, with their labels and texts, before any syntax of a file."""
