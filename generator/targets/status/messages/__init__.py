"""The page's own words, one table a language. To add a language: a module with the same keys, and its line here.

A table is flat and its values are `str.format` texts, so that a gettext catalogue can take its place later.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.targets.status.messages import en, es

MESSAGES: Mapping[str, Mapping[str, str]] = {"en": en.TEXTS, "es": es.TEXTS}
