"""Pictures of runbooks and postmortems: files of the repository that the site shows as they are.

What a name promises is looked up in the bytes. An SVG is a program for whoever opens it by itself, so one with anything
in it that runs, or that asks another host, is not taken.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from xml.parsers import expat

from generator.artifacts import PageFile

LIMIT = 1024 * 1024
"""Bytes of the largest picture: somebody reads it over a telephone's connection. It is what a tree reads of a file."""
FOLDER = "images"
SHOWN = re.compile(rf"(?:\.\./)*{FOLDER}/[0-9a-f]{{16}}\.(?:gif|jpg|png|svg|webp)")
"""What the address of a picture looks like on a page; any other picture is a link to it."""

_KINDS = {".gif": "gif", ".jpeg": "jpg", ".jpg": "jpg", ".png": "png", ".svg": "svg", ".webp": "webp"}
_BEGINS = {
    "gif": re.compile(rb"GIF8[79]a"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
_RUNS = frozenset(
    {"base", "embed", "form", "frame", "handler", "iframe", "link", "listener", "meta", "object", "script"}
)
_INSIDE = re.compile(r"#|data:image/(?:gif|jpeg|png|webp)[;,]", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ASKS = re.compile(r"url\(\s*[\"']?\s*(?!#|[\"'\s]|data:image/)|@import|expression\(", re.IGNORECASE)


class _Refused(Exception):  # it is no error: the reader of an SVG leaves by it
    pass


def is_picture(path: str) -> bool:
    """Whether a file's name says that it is a picture."""
    return PurePosixPath(path).suffix.lower() in _KINDS


def picture(path: str, content: bytes | None) -> PageFile | str:
    """The file of the site that shows a picture of the repository; in words why there is none.

    Its name follows from its content: whatever a path holds, the address is plain; a picture used twice is one file.
    """
    kind = _KINDS[PurePosixPath(path).suffix.lower()]
    if content is None:
        return "there is no such file"
    if len(content) > LIMIT:
        return "it is larger than 1 MiB"
    fault = _svg_fault(content) if kind == "svg" else "" if _BEGINS[kind].match(content) else f"it is no {kind}"
    return fault or PageFile(f"{FOLDER}/{sha256(content).hexdigest()[:16]}.{kind}", content, path)


def _svg_fault(content: bytes) -> str:
    """Why an SVG is not shown; empty where it only draws."""
    try:
        content.decode("utf-8")
        reader = expat.ParserCreate("utf-8")
        text: list[str] = []
        reader.StartElementHandler = _element
        reader.EntityDeclHandler = _refuse
        reader.ProcessingInstructionHandler = _refuse
        reader.CharacterDataHandler = text.append
        reader.Parse(content, True)  # noqa: FBT003  # the library takes it by position only
    except (expat.ExpatError, UnicodeDecodeError, ValueError):
        return "it is no svg"
    except _Refused:
        return "it holds more than a drawing (scripts, entities, other files)"
    return "its styles ask for other files" if _ASKS.search("".join(text)) else ""


def _refuse(*_: object) -> None:
    raise _Refused


def _element(name: str, attributes: dict[str, str]) -> None:
    tag = _local(name)
    if tag in _RUNS:
        raise _Refused
    for key, value in attributes.items():
        attribute = _local(key)
        leads = attribute in {"action", "formaction", "href", "src", "srcdoc", "base"}
        inside = _INSIDE.match(value.strip()) or (tag == "a" and _ADDRESS.match(value.strip()))
        animated = attribute == "attributename" and (_local(value.strip()) == "href" or value.lower().startswith("on"))
        if attribute.startswith("on") or (leads and not inside) or animated or _ASKS.search(value):
            raise _Refused


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
