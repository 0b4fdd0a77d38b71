"""Checks of the status page: what is said in which order, windows of work, components, and what stays inside."""
