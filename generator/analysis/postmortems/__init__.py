"""What the tables in the bodies of postmortems say."""

from __future__ import annotations

from generator.analysis.postmortems.actions import ActionItem, action_items, open_items_of
from generator.analysis.postmortems.timeline import Event, Timeline, timeline

__all__ = ["ActionItem", "Event", "Timeline", "action_items", "open_items_of", "timeline"]
