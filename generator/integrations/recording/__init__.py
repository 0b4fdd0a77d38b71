"""Recording: one change of the sources becomes one commit, and reaches the remote whoever else is pushing.

See docs/recording.md.
"""

from generator.integrations.recording.change import Change, Plan, Recorded
from generator.integrations.recording.newest import newest
from generator.integrations.recording.record import record

__all__ = ["Change", "Plan", "Recorded", "newest", "record"]
