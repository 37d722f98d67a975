"""The report stands alone: no request, no script, both languages, hostile names shown as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pyarrow as pa
import pytest

from tandem.learn.training import TrainingResult, TrainSpec, render_report, train
from tandem.learn.training.report.words import WORDS


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(german_result: TrainingResult) -> str:
    return render_report(german_result)


def test_it_asks_the_network_for_nothing(page: str) -> None:
    elements = Elements()
    elements.feed(page)
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for _, attributes in elements.found:
        assert not {"src", "href", "xlink:href", "action", "onload", "onclick"} & set(attributes)
    assert "http://" not in page
    assert "https://" not in page
    assert not re.search(r"url\(|@import", page)


def test_it_shows_the_figures_that_json_shows(page: str, german_result: TrainingResult) -> None:
    figures = german_result.figures()
    assert f"{figures['test'][german_result.champion]['auc']['value']:.4f}" in page
    assert german_result.digest in page
    for item in figures["points"]["inputs"]:
        assert item["name"] in page


def test_it_never_calls_a_random_hold_out_out_of_time(page: str) -> None:
    assert "Random hold-out" in page
    assert "Out of time:" not in page


def test_both_languages_are_in_it_and_either_can_come_first(page: str, german_result: TrainingResult) -> None:
    assert "模型训练报告" in page
    assert '<html lang="en">' in page
    assert '<html lang="zh-CN">' in render_report(german_result, "zh-CN")


def test_light_and_dark_are_both_styled(page: str) -> None:
    assert "prefers-color-scheme: dark" in page


def test_it_is_drawn_with_inline_svg(page: str) -> None:
    assert page.count("<svg") >= 5
    assert "nan" not in re.findall(r'points="([^"]*)"', page)[0]


def test_every_word_is_said_in_both_languages() -> None:
    assert all(english.strip() and chinese.strip() for english, chinese in WORDS.values())


def test_a_hostile_column_name_and_level_are_shown_and_never_run(german: pa.Table) -> None:
    name = '<script>alert("x")</script>'
    levels = german.column("a1").to_pylist()
    levels = ["<img src=x onerror=alert(1)>" if text == "A11" else text for text in levels]
    table = german.set_column(0, name, pa.array(levels))
    page = render_report(train(table, TrainSpec(target="outcome", positive="2", families=("scorecard",))))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
