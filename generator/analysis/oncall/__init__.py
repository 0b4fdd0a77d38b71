"""Who is on call when, exact to the second: the expansion of schedules that everything else stands on.

A *turn* is what a rotation gives a person; a *shift* is what is left of it in the final schedule. See docs/on-call.md.
"""

from __future__ import annotations

from generator.analysis.oncall.clock import from_wall, to_wall
from generator.analysis.oncall.horizon import coming, coming_shifts
from generator.analysis.oncall.placed import overrides_of
from generator.analysis.oncall.recurring import recurring
from generator.analysis.oncall.shifts import (
    Shift,
    gaps,
    on_call_at,
    shadow_shifts,
    shifts,
    shifts_below,
    whole_shadow_shifts,
    whole_shifts,
)
from generator.analysis.oncall.turns import Turn, turn_index, turn_start, turns

__all__ = [
    "Shift",
    "Turn",
    "coming",
    "coming_shifts",
    "from_wall",
    "gaps",
    "on_call_at",
    "overrides_of",
    "recurring",
    "shadow_shifts",
    "shifts",
    "shifts_below",
    "to_wall",
    "turn_index",
    "turn_start",
    "turns",
    "whole_shadow_shifts",
    "whole_shifts",
]
