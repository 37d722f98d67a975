"""Chinese words of the product are set as Chinese is: full-width punctuation after a Chinese character.

Checked are the words of the console and of papers, whatever stands under ``zh-CN`` in files that come with the product, and the
modules that say something in Chinese. Code inside a text (``键: 值`` of YAML) is code and keeps its signs.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HAN = "\u4e00-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}》」』”）][,;:!?()]|[{HAN}]\.(?!\w)|[(][{HAN}]|[,;:!?][{HAN}]")
WORD_FILES = sorted([*(ROOT / "console/src/words/zh-CN").glob("*.json"), *(ROOT / "src").rglob("words/zh-CN.json")])
YAML_FILES = sorted(path for folder in ("examples", "src") for path in (ROOT / folder).rglob("*.yaml"))
MODULES = sorted(
    path
    for path in (ROOT / "src/tandem").rglob("*.py")
    if re.search(r"words\.py$|phrases\.py$|wording\.py$", path.name) and path.name != "field_words.py"
)
CODE = "“键: 值”"


def texts(node: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for one in node.values():
            yield from texts(one)
    elif isinstance(node, list):
        for one in node:
            yield from texts(one)


def chinese(node: Any) -> Iterator[str]:
    """Every text under ``zh-CN`` or ``zh``."""
    if isinstance(node, dict):
        for name, one in node.items():
            yield from texts(one) if name in {"zh-CN", "zh"} else chinese(one)
    elif isinstance(node, list):
        for one in node:
            yield from chinese(one)


def said(path: Path) -> Iterator[str]:
    """The texts of a module, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documented:
            yield node.value


def faults(found: Iterator[str]) -> list[str]:
    """Texts with a half-width sign beside a Chinese character."""
    return [text for text in found if HALF_WIDTH.search(text.replace(CODE, ""))]


@pytest.mark.parametrize("text", ["特征:含义", "已逾期,请还款", "绝对值(x)", "(按天)", "完成.", "条件；是,否"])
def test_a_half_width_sign_beside_chinese_is_found(text):
    assert faults(iter([text])) == [text]


@pytest.mark.parametrize(
    "text", ["特征：含义", "绝对值（x）", "GET /v1/lists, POST", "共 1,000 笔", "年利率 3.5%", "pain.001（付款）"]
)
def test_full_width_signs_and_what_is_not_chinese_are_left_alone(text):
    assert faults(iter([text])) == []


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_words_are_set_in_full_width(path):
    assert faults(texts(json.loads(path.read_text(encoding="utf-8")))) == []


def test_what_comes_with_the_product_is_set_in_full_width():
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in YAML_FILES
        for found in [
            faults(
                one for document in yaml.safe_load_all(path.read_text(encoding="utf-8")) for one in chinese(document)
            )
        ]
        if found
    }
    assert wrong == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_modules_say_is_set_in_full_width(path):
    assert faults(said(path)) == []
