"""Edit: changes sources as a person would, one place at a time. See docs/editing.md."""

from generator.edit.render import flow, scalar
from generator.edit.source import write_source
from generator.edit.splice import append, insert_key, remove, set_value

__all__ = ["append", "flow", "insert_key", "remove", "scalar", "set_value", "write_source"]
