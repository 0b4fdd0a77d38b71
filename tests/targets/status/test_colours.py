from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator.targets.status as package
from generator.targets.status.colours import DARK, LIGHT, contrast, readable

STYLE = (Path(package.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8").split("@media print")[0]
THEMES = [dict(re.findall(r"--([\w-]+):(#\w+)", part)) for part in STYLE.split("prefers-color-scheme:dark")[:2]]
STATUSES = ["ok", "work", "slow", "part", "down"]


def test_contrast_is_what_wcag_says():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_text_can_be_read_on_every_background_it_meets(theme):
    pairs = [(text, behind) for text in ("text", "dim") for behind in ("bg", "card", *(f"{one}-t" for one in STATUSES))]
    pairs += [(one, behind) for one in STATUSES for behind in ("card", "bg", f"{one}-t")]
    assert not {
        pair: contrast(theme[pair[0]], theme[pair[1]]) for pair in pairs if contrast(*map(theme.get, pair)) < 4.5
    }


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_bars_stand_out_from_their_card(theme):
    bars = [*(f"bar-{one}" for one in STATUSES), "none"]
    assert not {bar: contrast(theme[bar], theme["card"]) for bar in bars if contrast(theme[bar], theme["card"]) < 3}


@given(st.integers(0, 0xFFFFFF), st.sampled_from([LIGHT, DARK]))
def test_any_accent_becomes_readable(number, background):
    assert contrast(readable(f"#{number:06x}", background), background) >= 4.5


def test_a_readable_accent_stays_as_it_is():
    assert readable("#1d5fd0", LIGHT) == "#1d5fd0"


@pytest.mark.parametrize("theme", range(2))
def test_accents_are_judged_on_the_less_favourable_background(theme):
    measured = (LIGHT, DARK)[theme]
    assert measured in THEMES[theme].values()
    darkest = sorted((THEMES[theme]["bg"], THEMES[theme]["card"]), key=lambda each: contrast(each, "#000"))
    assert measured == (darkest[0] if theme == 0 else darkest[-1])
