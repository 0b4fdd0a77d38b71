"""Runbooks as checks ask about them: their sections, steps, commands and links, and what has changed since a review."""
