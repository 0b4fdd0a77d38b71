"""The proof of an edit: the new text is read, and must hold what was meant."""

from __future__ import annotations

from copy import deepcopy

from generator.documents import Document, read_document
from generator.edit.change import Changed, same
from generator.edit.nodes import compose
from generator.errors import EditRefused


def proven(path: str, before: str, after: str, changed: Changed) -> str:
    """The text after the edit. Raises EditRefused when it does not read back as the data before with the change."""
    data, body = _before(path, before)
    try:
        expected = changed(deepcopy(data))
    except (KeyError, IndexError, TypeError) as error:
        raise EditRefused("there is no such place in it") from error
    new = _read(path, after, "the new text would not be readable")
    if not same(new.data, expected) or new.body != body:
        raise EditRefused("the new text would not read back as what was meant", "change it by hand")
    return after


def _before(path: str, text: str) -> tuple[object, str]:
    """Data and body; of a file in which nothing stands yet (its reading is a finding) no data."""
    if not path.endswith(".md") and compose(text) is None:
        return None, ""
    document = _read(path, text, "it cannot be read as it is")
    return document.data, document.body


def _read(path: str, text: str, complaint: str) -> Document:
    document, _ = read_document(path, text.encode("utf-8"))
    if document is None:
        raise EditRefused(complaint, "run `tocsin check`")
    return document
