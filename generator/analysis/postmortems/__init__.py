"""What the tables in the bodies of postmortems say."""

from __future__ import annotations

from generator.analysis.postmortems.actions import ActionItem, action_items, open_items_of

__all__ = ["ActionItem", "action_items", "open_items_of"]
