"""Edit: changes sources as a person would, one place at a time. See docs/editing.md."""

from generator.edit.comments import comment_texts
from generator.edit.lists import exchange, insert_after, insert_key_after, repeat
from generator.edit.mend import Mended, mend
from generator.edit.render import block_item, flow, scalar
from generator.edit.source import write_source
from generator.edit.splice import append, insert_key, lift_comments, remove, rename, set_value
from generator.edit.tables import insert_row, set_cell

__all__ = [
    "Mended",
    "append",
    "block_item",
    "comment_texts",
    "exchange",
    "flow",
    "insert_after",
    "insert_key",
    "insert_key_after",
    "insert_row",
    "lift_comments",
    "mend",
    "remove",
    "rename",
    "repeat",
    "scalar",
    "set_cell",
    "set_value",
    "write_source",
]
