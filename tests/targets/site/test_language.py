"""The site in another language: nothing of ours stays English."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from generator.messages import Speech
from generator.targets.site.folder import in_language
from generator.targets.site.pages import all_pages
from generator.targets.site.site import Site
from tests.catalogs import make_catalog, make_context
from tests.messages.collecting import collected
from tests.targets.site.sources import ALL, built

SPANISH = ALL | {"tocsin.yaml": "languages: [es, en]\n"}
MARK = "¡"
_WORD = re.compile(r"(\{\w+\})|([A-Za-z])")


def marked_text(text: str) -> str:
    """Every letter outside values has a mark behind it."""
    return _WORD.sub(lambda match: match[1] or f"{match[2]}{MARK}", text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, str]:
    """In a language in which every letter is marked."""
    texts = {
        ident: tuple(map(marked_text, (ident,) if isinstance(ident, str) else ident))
        for ident in collected()
        if ident not in {"Mon Tue Wed Thu Fri Sat Sun", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"}
    }
    site = Site(make_catalog(ALL), make_context(root=str(tmp_path_factory.mktemp("root"))))
    site.__dict__["speech"] = Speech("xx", texts)
    return {page.path: page.markdown for page in all_pages(site)}


def test_heads_of_tables_titles_of_boxes_and_labels_are_translated(pages):
    seen = 0
    for path, text in pages.items():
        lines = text.splitlines()
        heads = [
            cell
            for line, below in pairwise(lines)
            if re.fullmatch(r"\|( --- \|)+", below)
            for cell in line.strip("|").split("|")
            if cell.strip()
        ]
        boxes = re.findall(r'^[!?]{3} \w+ "(.*)"', text, re.MULTILINE)
        labels = re.findall(r"^ *- \*\*(\w+)\*\* ", text, re.MULTILINE)
        for said in [*heads, *boxes, *labels]:
            assert MARK in said, (path, said)
            seen += 1
    assert seen > 40


def test_chapters_of_ours_are_translated(pages):
    theirs = {"shop", "availability", "B", "SEV"}
    for path, text in pages.items():
        if path.startswith(("runbooks/", "postmortems/2")):
            continue
        for heading in re.findall(r"^##+ (.*)$", text, re.MULTILINE):
            assert MARK in heading or any(word in heading for word in theirs) or "Ops" in heading, (path, heading)


def test_a_page_is_in_the_first_language_of_the_repository_and_so_is_the_theme(tmp_path):
    made = built(SPANISH, tmp_path)
    page = made["site/alerts/shoperrors/index.html"].decode()
    for said in (
        '<html lang="es"',
        "Qué hacer",
        "A quién se llama",
        "Presupuesto gastado entonces",
        "A los 10 minutos",
    ):
        assert said in page
    assert "Switch to the" not in page
    assert "Aquí no hay ninguna página" in made["site/404.html"].decode()
    assert made["site/assets/tocsin.js"].startswith(b'window.TOCSIN_WORDS = {"')
    assert "(terminado; véanse los turnos)" in made["site/assets/tocsin.css"].decode()


def test_english_assets_are_as_they_are_written():
    assert in_language("en") == {}


def test_the_map_that_is_built_in_and_the_health_page_are_in_the_language_too(tmp_path):
    made = built(SPANISH, tmp_path)
    severities = made["site/severities/index.html"].decode()
    for said in ("Consumo rápido en un SLO crítico", "llamar a la guardia", "críticos", "todos"):
        assert said in severities
    assert "page on-call" not in severities
