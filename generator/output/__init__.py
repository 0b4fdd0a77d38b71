"""Output: the only writer of artifacts. See docs/output.md."""

from generator.output.drift import Drift, drift
from generator.output.manifest import manifest_now
from generator.output.write import Report, write

__all__ = ["Drift", "Report", "drift", "manifest_now", "write"]
