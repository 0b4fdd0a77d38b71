"""One source file after reading: plain data, body, comments; positions are found again on demand."""

from __future__ import annotations

from dataclasses import field

from generator.documents import frontmatter
from generator.documents.markdown import Markdown, locate_in
from generator.documents.places import Places, locate, places
from generator.documents.suppressions import Suppression
from generator.findings import Pointer, Ref, Span
from generator.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A source file that could be read. Two documents are the same only if they are one object."""

    path: str
    """Relative to the repository, with `/`."""
    text: str
    """The decoded text as written, without a byte order mark."""
    data: object
    """Plain data: the whole of a YAML file, or the front matter of a Markdown file ({} where there is none)."""
    body: str = ""
    """A Markdown file's text after its front matter; empty for YAML."""
    body_line: int = 1
    """The line on which the body starts."""
    suppressions: tuple[Suppression, ...] = ()
    flow_nulls: tuple[Pointer, ...] = ()
    """Keys without value inside braces: `{summary: a, b}` has a key `b` that was probably meant as text."""
    _markdown: Markdown | None = field(default=None, repr=False)
    _places: Places | None = field(default=None, repr=False)

    @property
    def markdown(self) -> Markdown:
        """The body, parsed at the first use."""
        if (parsed := self._markdown) is None:
            # markdown-it takes 60 ms to import: only runs that look at bodies pay for it.
            from generator.documents.tokens import read_tokens

            parsed = read_tokens(self.body, self.body_line)
            object.__setattr__(self, "_markdown", parsed)
        return parsed

    @property
    def places(self) -> Places:
        """Where all values of `data` stand, looked up at the first use."""
        if (found := self._places) is None:
            found = places(frontmatter.split(self.text).front if self.is_markdown else self.text)
            object.__setattr__(self, "_places", found)
        return found

    @property
    def is_markdown(self) -> bool:
        """Whether the file is Markdown; all else is YAML."""
        return self.path.endswith(".md")

    def locate(self, ref: Ref) -> Span:
        """The position of the value or key at `ref`, else of the nearest parent that exists.

        In a Markdown file a pointer that starts with "body" leads to the body: `("body", "tables", 0, "rows", 2,
        "Owner")`, `("body", "headings", 1)`; all others lead into the front matter.
        """
        if ref.span:
            return ref.span
        if self.is_markdown and ref.pointer[:1] == ("body",):
            return locate_in(self.markdown, ref.pointer[1:]) or Span(self.body_line, 1, self.body_line, 1)
        return locate(ref, self.places, self.text)

    def written(self, pointer: Pointer) -> str:
        """The text of the scalar at `pointer` as it was written (`99.90`); KeyError where there is none."""
        place = self.places.get(pointer)
        if place is None or place.text is None:
            raise KeyError(pointer)
        return place.text
