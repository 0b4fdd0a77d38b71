from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.names import service_ids, slug
from generator.kinds.base import ID


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        (("rules", "cart.rules.yml"), "cart"),
        (("rules", "cart-alerts.yaml"), "cart"),
        (("monitoring", "cart", "alerts.yaml"), "cart"),
        (("cart", "prometheus", "rules.yml"), "cart"),
        (("manifests", "nodeExporter-prometheusRule.yaml"), "node-exporter"),
        (("manifests", "kube-prometheus-prometheusRule.yaml"), "kube-prometheus"),
        (("x", "HTTPServer_v2.yml"), "http-server-v2"),
        (("x", "Überwachung.yml"), "uberwachung"),
        (("rules.yml",), "rules"),
        (("rules", "node.rules.yml.j2"), "node"),
    ],
)
def test_the_id_is_what_the_name_says_of_a_service(name, ident):
    assert service_ids([name]) == [ident]


def test_alerts_and_rules_of_one_folder_are_one_service():
    assert service_ids([("mixin", "node", "alerts.yaml"), ("mixin", "node", "rules.yaml")]) == ["node", "node"]


def test_names_that_meet_take_their_folders():
    assert service_ids([("eu", "cart.yml"), ("us", "cart.yml"), ("us", "search.yml")]) == [
        "eu-cart",
        "us-cart",
        "search",
    ]


def test_names_that_still_meet_are_numbered():
    assert service_ids([("a", "b-c.yml"), ("a-b", "c.yml"), ("x", "b-c.yml")]) == ["a-b-c", "c", "x-b-c"]
    assert service_ids([("a b", "c.yml"), ("a_b", "c.yml")]) == ["a-b-c", "a-b-c-2"]


NAMES = st.lists(
    st.tuples(st.sampled_from("ab"), st.text(max_size=3) | st.sampled_from(["a.yml", "rules.yml", "日本"])), max_size=8
)


@given(NAMES)
def test_ids_are_ids_and_folders_never_share_one(names):
    ids = service_ids(names)
    assert all(ID.fullmatch(each) for each in ids)
    homes = {}
    for ident, (folder, _) in zip(ids, names, strict=True):
        assert homes.setdefault(ident, folder) == folder


@given(st.text())
def test_any_text_has_a_slug(text):
    assert ID.fullmatch(slug(text))
    assert slug(text) == slug(text)
