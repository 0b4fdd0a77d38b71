"""Tocsin: incident management as code. See docs/architecture.md for how the parts stand together."""

__version__ = "0.1.0"
