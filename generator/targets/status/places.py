"""Where the pages are, and how one leads to another: by relative links only, so that any host and folder will do."""

from __future__ import annotations

from generator.records import dataclass

HISTORY = "history/"


@dataclass(frozen=True, slots=True)
class Place:
    """A page (`incidents/<id>/`, empty for the home page) in a language; the default language is at the root."""

    page: str
    language: str
    default: str

    @property
    def folder(self) -> str:
        """Its folder below the root, ending in a slash, empty for the root."""
        return _folder(self.page, self.language, self.default)

    @property
    def path(self) -> str:
        """Its file, below the output folder."""
        return f"status/{self.folder}index.html"

    @property
    def root(self) -> str:
        """From it to the root: empty, or ending in a slash."""
        return "../" * self.folder.count("/")

    @property
    def home(self) -> str:
        """From it to the folder of its language's home page: empty, or ending in a slash."""
        return "../" * self.page.count("/")

    def to(self, page: str = "", language: str | None = None) -> str:
        """A link to a page, in its own language unless another is named."""
        if language is None or language == self.language:
            return self.home + page or "./"
        return self.root + _folder(page, language, self.default) or "./"


def _folder(page: str, language: str, default: str) -> str:
    return page if language == default else f"{language}/{page}"


def incident_page(ident: str) -> str:
    """The page of an incident: a permalink, which never changes."""
    return f"incidents/{ident}/"


def maintenance_page(ident: str) -> str:
    """The page of a maintenance."""
    return f"maintenances/{ident}/"


def component_page(ident: str) -> str:
    """The page of a component or a group."""
    return f"components/{ident}/"


def month_page(name: str) -> str:
    """The page of a month, `2026-11`."""
    return f"{HISTORY}{name}/"
