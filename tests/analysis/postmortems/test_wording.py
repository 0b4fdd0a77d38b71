from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.analysis.postmortems import phrases_en, phrases_es
from generator.analysis.postmortems.phrases import Phrase
from generator.analysis.postmortems.wording import blame
from generator.kinds.postmortem import Postmortem
from tests.catalogs import make_catalog

PEOPLE = "alice: Alice Fernández\nbob: Bob Martínez\nmark: Mark O'Neil\nwill: Will\n"
PATH = "postmortems/2026-10-14-x.md"


def found(body: str):
    catalog = make_catalog({"schedules/people.yaml": PEOPLE, PATH: body})
    (postmortem,) = catalog.all(Postmortem)
    return catalog, blame(catalog, postmortem)


def said(body: str) -> list[str]:
    return [each.text for each in found(f"# X\n\n{body}\n")[1]]


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("The outage came from human error.", "human error"),
        ("Bob should have checked the setting.", "Bob should have"),
        ("It should've been tested.", "should've been"),
        ("This should never have been released.", "should never have been"),
        ("The review should have\n  caught it.", "should have caught"),
        ("A careless change", "careless"),
        ("The engineer failed to check the logs.", "engineer failed to"),
        ("Nobody knew why, as she failed to notice it.", "she failed to"),
        ("The alert was there and failed to be noticed; they failed to notice it.", "failed to notice"),
        ("We forgot the second region.", "We forgot"),
        ("bob broke production", "bob broke"),
        ("@bob accidentally broke production", "@bob accidentally broke"),
        ("Bob Martínez, who was on call, ignored the page", "Bob Martínez, who was on call, ignored"),
        ("The outage was caused by Bob.", "caused by Bob"),
        ("due to Bob's mistake", "due to Bob"),
        ("It was Alice's fault.", "Alice's fault"),
        ("@somebody-else forgot it", "@somebody-else forgot"),
        ("They did not follow the runbook.", "did not follow the runbook"),
        ("Whoever released is to blame.", "is to blame"),
        ("Fue un error humano.", "error humano"),
        ("Bob debió haber revisado la configuración.", "debió haber revisado"),
        ("Debería haberse probado.", "Debería haberse probado"),
        ("El cambio debió revisarse antes.", "debió revisarse"),
        ("Alice olvidó el segundo paso.", "Alice olvidó"),
        ("El ingeniero no revisó los registros.", "ingeniero no revisó"),
        ("Nadie lo vio: se olvidó de revisar la lista.", "se olvidó de revisar"),
        ("por descuido", "por descuido"),
        ("La caída fue provocada por Bob.", "provocada por Bob"),
        ("una negligencia", "negligencia"),
        ("Por culpa de Bob se cayó.", "Por culpa de"),
        ("No se logró notar", ""),
        ("El equipo falló al notar la alerta", "equipo falló al"),
    ],
)
def test_what_blames(sentence: str, phrase: str):
    assert said(sentence)[:1] == ([phrase] if phrase else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "The pod failed to start, and requests failed to complete.",
        "Customers failed to log in.",
        "The operator failed to reconcile the resource.",
        "Every alert should have a runbook; a pool should have dedicated workers.",
        "It should fire earlier. Rolling back first would have halved the impact.",
        "The release caused errors; mark broke it off, will caused no trouble here is grammar of no one.".partition(
            ";"
        )[0],
        "Bob approved the release and deployed it; Alice rolled it back.",
        "It was not a human error, and nobody is to blame.",
        "Human error is written here: " + "`human error`",
        '"Bob should have checked", said the first draft.',
        "“Bob forgot” and «Bob olvidó» were in the first draft.",
        "> Bob should have checked.\nand was careless.",
        "```\nBob forgot\n```",
        "    Bob forgot\n",
        "<!-- Bob forgot -->",
        "See [the note](https://example.com/human-error) and <https://example.com/careless>.",
        "Sin culpables. No se trata de buscar culpables.",
        "Se debió a un cambio. Debería haber una alerta. El pod falló al arrancar y no pudo leer el archivo.",
        "La alerta debió de ser la primera.",
        "alerts on error budgets, blameless",
        "Mark the release as failed. Will missed pages be seen?",
    ],
)
def test_what_does_not(sentence: str):
    expected = ["Human error"] if sentence.startswith("Human error is") else []
    if sentence.startswith("Mark the"):
        expected = ["Will missed"]  # a name that is a verb: a warning that can be silenced
    assert said(sentence) == expected


def test_a_phrase_has_its_place_and_a_suggestion():
    body = "---\nstatus: draft\n---\n# X\n\nIt was `fine`; the review should\n  have caught it.\n"
    catalog, (blamed,) = found(body)
    assert blamed.ref.span is not None
    span = catalog.documents[PATH].locate(blamed.ref)
    assert (span.line, span.column, span.end_line, span.end_column) == (6, 27, 7, 14)
    assert blamed.why == "judges with what was known only afterwards"
    assert "known at that moment" in blamed.instead


def test_authors_and_owners_are_people_too():
    body = "# X\n\n**Authors**: Jo Smith, Ana\n\nJo forgot it. Ana broke it. Eva broke it, says nobody.\n"
    assert [each.text for each in found(body)[1]] == ["Jo forgot", "Ana broke"]


@given(st.text("abB ob`\"“”«»'>|#-*<!\n\r\t@[](.:)should have forgot", max_size=300))
def test_any_text_is_read_and_every_place_is_in_it(text: str):
    catalog, blamed = found("# X\n\n" + text)
    lines = catalog.documents[PATH].text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in blamed:
        span = each.ref.span
        assert span is not None
        assert lines[span.line - 1][span.column - 1 :].split()[0].startswith(each.text.split()[0])


@pytest.mark.parametrize("piece", ["x`", "x``` ", '"', "“", "<!--", "Bob, ", "should not ", "who then ", "@a ", "> "])
def test_long_hostile_texts_are_read_to_their_end(piece: str):
    text = "# X\n\n" + piece * (60_000 // len(piece)) + " -->\n\n## Y\n\nBob forgot\n"
    assert [each.text for each in found(text)[1]][-1:] == ["Bob forgot"]


@pytest.mark.parametrize(
    "phrase",
    [*phrases_en.PHRASES, *phrases_es.PHRASES, phrases_en.named(["Ana María"]), phrases_es.named(["Ana María"])],
)
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], max_examples=10, deadline=None)
def test_whatever_a_phrase_finds_has_one_of_its_stems(phrase: Phrase, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(phrase.pattern, alphabet=st.characters(codec="latin-1")))
    match = phrase.pattern.search(text)
    assert match is not None
    assert any(stem in match[0].lower() for stem in phrase.stems), match[0]
