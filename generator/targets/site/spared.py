"""What MkDocs and its libraries do for every page and pages of ours do not need, or need once.

Each function changes one thing for the rest of the process; a page is the same to the byte, and a test compares them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from markdown import Markdown


def spare() -> None:
    """All of it."""
    one_library()
    one_stylesheet()
    one_search_for_lexers()
    no_unseen_contents()
    no_raw_html()
    files_by_name()
    quick_output()


def one_library() -> None:
    """From now on MkDocs sets the Markdown library up once, instead of for every page."""
    import markdown
    from mkdocs.structure import pages

    @cache
    def first() -> list[Markdown]:
        return []

    def made(**options: Any) -> Markdown:
        ready = first()
        if not ready:
            ready.append(markdown.Markdown(**options))
        ready[0].reset()
        ready[0].toc_tokens = []  # type: ignore[attr-defined]  # the table of contents leaves it there
        return ready[0]

    class Library:
        """What MkDocs uses of the module, with that one change."""

        Markdown = staticmethod(made)

        def __getattr__(self, name: str) -> Any:
            return getattr(markdown, name)

    setattr(pages, "markdown", Library())  # noqa: B010  # it says that it keeps the name to itself


def one_stylesheet() -> None:
    """From now on the colours of code are looked up once, instead of for every block."""
    from pygments.formatters.html import HtmlFormatter

    create = HtmlFormatter._create_stylesheet  # noqa: SLF001
    ready: dict[tuple[object, str], tuple[dict[Any, Any], dict[Any, Any]]] = {}

    def created(self: Any) -> None:
        made_of = (self.style, self.classprefix)
        if made_of not in ready:
            create(self)
            ready[made_of] = self.ttype2class, self.class2style
        first, second = ready[made_of]
        self.ttype2class, self.class2style = dict(first), dict(second)

    HtmlFormatter._create_stylesheet = created  # noqa: SLF001


def one_search_for_lexers() -> None:
    """From now on a language is looked for once among the hundreds that there are."""
    from pygments.lexers import find_lexer_class_by_name
    from pymdownx import highlight

    found = cache(find_lexer_class_by_name)
    highlight.get_lexer_by_name = lambda alias, **options: found(alias)(**options)


def no_unseen_contents() -> None:
    """From now on a table of contents inside a page is made where the page asks for one."""
    from markdown.extensions.toc import TocTreeprocessor

    build, replace = TocTreeprocessor.build_toc_div, TocTreeprocessor.replace_marker

    def asked(self: Any) -> bool:
        return bool(self.marker) and any(self.marker in line for line in self.md.lines)

    def built(self: Any, tokens: Any) -> Element:
        return build(self, tokens) if asked(self) else Element("div")

    def replaced(self: Any, root: Element, element: Element) -> None:
        if asked(self):
            replace(self, root, element)

    TocTreeprocessor.build_toc_div = built  # type: ignore[assignment,method-assign]
    TocTreeprocessor.replace_marker = replaced  # type: ignore[assignment,method-assign]


def no_raw_html() -> None:
    """From now on nobody looks for anchors in raw HTML: on pages of ours it is text."""
    from mkdocs.structure.pages import _RawHTMLPreprocessor

    _RawHTMLPreprocessor.run = lambda self, lines: lines  # type: ignore[method-assign]  # noqa: ARG005


def files_by_name() -> None:
    """From now on a file is found by its path as it is first."""
    from mkdocs.structure.files import File, Files

    theirs = Files.get_file_from_path

    def found(self: Files, path: str) -> File | None:
        return self.src_uris.get(path) or theirs(self, path)

    Files.get_file_from_path = found  # type: ignore[method-assign]


def quick_output() -> None:
    """From now on elements become text by going down into them, instead of over a list of what is still to do."""
    from xml.etree.ElementTree import HTML_EMPTY

    from markdown import core, serializers

    text_of = serializers._escape_cdata  # type: ignore[attr-defined]  # noqa: SLF001
    value_of = serializers._escape_attrib_html  # type: ignore[attr-defined]  # noqa: SLF001

    def write(element: Element, out: list[str]) -> None:
        tag: object = element.tag
        if not isinstance(tag, str) or tag in {"script", "style"}:
            raise TypeError
        attributes = "".join([f' {name}="{value_of(value)}"' for name, value in sorted(element.items())])
        if tag in HTML_EMPTY:
            out.append(f"<{tag}{attributes} />")
        else:
            out.append(f"<{tag}{attributes}>{text_of(element.text) if element.text else ''}")
            for child in element:
                write(child, out)
            out.append(f"</{tag}>")
        if element.tail:
            out.append(text_of(element.tail))

    def written(element: Element) -> str:
        out: list[str] = []
        try:
            write(element, out)
        except (RecursionError, TypeError):  # deeper than anybody reads, or something other than an element of text
            return serializers.to_xhtml_string(element)
        return "".join(out)

    core.Markdown.output_formats["xhtml"] = written
