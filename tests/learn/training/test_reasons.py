"""Every input has a reason, unique and speakable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.learn.training import ReasonText, read_reasons
from tandem.learn.training.reasons import reason_codes, reason_of


def test_a_code_is_made_from_the_name() -> None:
    assert reason_of("income").code == "R_INCOME"
    assert reason_of("LIMIT_BAL").code == "R_LIMIT_BAL"
    assert reason_of("debtRatio / month").code == "R_DEBT_RATIO_MONTH"
    assert reason_of("收入").code.startswith("R_X")
    assert "收入" in reason_of("收入").zh


def test_codes_never_collide_with_each_other_or_with_given_ones() -> None:
    given = {"z": ReasonText(code="R_A_B", en="x", zh="y")}
    made = reason_codes(("a b", "a-b", "z"), given)
    assert len({reason.code for reason in made.values()}) == 3
    assert made["z"] == given["z"]


def test_reasons_are_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text("a2: {code: TERM_LONG, en: The term is long, zh: 期限较长}\n", encoding="utf-8")
    assert read_reasons(tmp_path / "r.yaml")["a2"].zh == "期限较长"


@pytest.mark.parametrize("text", ["a2: TERM", "[1, 2]", "a2: {code: X}", "a: [", ""])
def test_a_file_that_holds_no_reasons_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.yaml").write_text(text)
    with pytest.raises(InvalidInput) as caught:
        read_reasons(tmp_path / "r.yaml")
    assert caught.value.code == "invalid_reasons"
    with pytest.raises(NotFound):
        read_reasons(tmp_path / "none.yaml")
