"""Address, domain, logo and languages of the status page."""

from __future__ import annotations

import pytest

from generator.checks.status import page
from tests.checks.found import found, place

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = b'<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'


def messages(settings: str, check: str, **context):
    return [each.message for each in found(page, {"tocsin.yaml": settings}, check, **context)]


@pytest.mark.parametrize(
    ("settings", "where"),
    [
        ("status: https://example.com/status/\n", "tocsin.yaml:1:9"),
        ("status:\n  url: https://example.com/status\n", "tocsin.yaml:2:8"),
    ],
)
def test_an_address_below_a_path_is_told(settings, where):
    (finding,) = found(page, {"tocsin.yaml": settings}, "status/address")
    assert "at the path /status: many clients of its JSON ask at the root" in finding.message
    assert place(finding) == where


@pytest.mark.parametrize("settings", ["", "status: https://status.example.com/\n", "status: {name: X}\n"])
def test_a_domain_of_its_own_is_well(settings):
    assert messages(settings, "status/address") == []


def test_a_cname_of_another_host_is_told():
    settings = "status: {{url: https://status.example.com, domain: {}}}\n"
    assert messages(settings.format("Status.example.com"), "status/domain") == []
    (message,) = messages(settings.format("www.example.com"), "status/domain")
    assert message == "the page's address is at status.example.com, and its CNAME says www.example.com"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is no file of this repository"),
        (b"", "is no SVG, PNG or WebP picture"),
        (b"<html><svg></svg></html>", "is no SVG, PNG or WebP picture"),
        (b"RIFF\0\0\0\0WAVE", "is no SVG, PNG or WebP picture"),
        (PNG + bytes(1024 * 1024), "is larger than 1 MiB"),
        (SVG.replace(b"/>", b"><script>alert(1)</script></svg>"), "holds what would run"),
        (SVG.replace(b"/>", b" onload='alert(1)'/>"), "holds what would run"),
        (SVG.replace(b"/>", b"><a href=' javascript:alert(1)'/></svg>"), "holds what would run"),
        (SVG.replace(b"<svg", b'<!DOCTYPE svg [<!ENTITY x "y">]><svg'), "is no SVG, PNG or WebP picture"),
    ],
)
def test_a_logo_that_cannot_be_shown_is_told(content, said):
    (message,) = messages("status: {logo: logo.svg}\n", "status/logo", read_bytes={"logo.svg": content}.get)
    assert said in message


@pytest.mark.parametrize("content", [PNG, SVG, b"RIFF\0\0\0\0WEBPVP8 "])
def test_pictures_are_well(content):
    assert messages("status: {logo: logo.svg}\n", "status/logo", read_bytes={"logo.svg": content}.get) == []


def test_languages_of_ours_need_nothing():
    assert messages("languages: [en, es, en-GB]\n", "status/words") == []


def test_a_language_without_words_is_told_at_its_code():
    (finding,) = found(page, {"tocsin.yaml": "languages: [en, fr]\n"}, "status/words")
    assert finding.message.startswith(
        "all messages of the page have no translation into 'fr' and stay English: 'Affects'"
    )
    assert "status/locale/fr.po" in finding.hint
    assert place(finding) == "tocsin.yaml:1:17"


def test_what_a_catalogue_says_and_is_not_used_is_told():
    wrong = 'msgid "Page built {moment}"\nmsgstr "{moment.__class__} {moment!r:>9999999}"\n'
    first, second = found(
        page, {"tocsin.yaml": "languages: [fr]\n"}, "status/words", read={"status/locale/fr.po": wrong}.get
    )
    told = {first.where.path: first.message, second.where.path: second.message}
    assert told["status/locale/fr.po"].startswith("the translation of 'Page built {moment}' must have {moment}")
    assert "have no translation into 'fr'" in told["tocsin.yaml"]


def test_a_catalogue_that_cannot_be_read_is_told_for_languages_of_ours_too():
    (finding,) = found(page, {}, "status/words", read={"status/locale/en.po": "mine"}.get)
    assert finding.where.path == "status/locale/en.po"
    assert finding.message.startswith("it cannot be read: ")
