"""``tandem product``: from a template to a price within the law, without a server."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tandem.faces.cli import main
from tandem.faces.cli.starting import write_starter

DAY = "2026-11-29"


@pytest.fixture
def tandem(tmp_path, monkeypatch, capsys):
    write_starter(tmp_path / "lender", "lender")
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path / "lender")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["tandem", "product", *words])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


def edit(name, *changes):
    path = Path("products") / f"{name}.yaml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def begun(tandem, name="cash_now", template="cash_loan"):
    code, out, _ = tandem("new", name, "--template", template, "--json")
    assert code == 0
    edit(name, ("application: loan_application", "application: application"))
    return json.loads(out)["written"]


def test_a_product_begins_from_a_template_with_the_cap_it_names(tandem):
    assert begun(tandem) == ["products/cash_now.yaml", "rate_caps/cn_consumer.yaml"]
    code, out, _ = tandem("check", "--on", DAY, "--json")
    assert code == 0
    told = json.loads(out)["products"]["cash_now"]
    assert 2_390 <= told["dearest_bps"] <= 2_400


def test_a_second_product_leaves_the_cap_alone_and_one_that_is_there_is_not_overwritten(tandem):
    begun(tandem)
    assert json.loads(tandem("new", "phones", "--json")[1])["written"] == ["products/phones.yaml"]
    code, _, err = tandem("new", "phones")
    assert (code, "is there" in err) == (5, True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("new", "Phones"), 3, "lower_snake"),
        (("new", "phones", "--template", "cash_lone"), 4, "did you mean 'cash_loan'"),
        (("quote", "phones", "--amount-minor", "1000", "--term", "3"), 4, "tandem product new makes one"),
    ],
)
def test_what_is_wrong_is_said_with_the_remedy(tandem, words, code, said):
    found, _, err = tandem(*words)
    assert (found, said in " ".join(err.split())) == (code, True)


def test_a_price_above_the_cap_is_refused_with_the_law_it_breaks(tandem):
    begun(tandem)
    edit("cash_now", ("most: 2390", "most: 2490"))
    code, _, err = tandem("check", "--on", DAY)
    assert code == 3
    assert "allows 24.00 %" in " ".join(err.split())


def test_a_price_of_today_may_be_above_the_cap_of_a_later_day(tandem):
    begun(tandem)
    code, _, err = tandem("check", "--on", "2027-12-31")
    assert (code, "allows 12.00 %" in " ".join(err.split())) == (3, True)


def test_a_quote_is_what_a_customer_would_sign(tandem):
    begun(tandem)
    asked = (
        "quote",
        "cash_now",
        "--amount-minor",
        "1200000",
        "--term",
        "12",
        "--rate-bps",
        "1200",
        "--on",
        "2026-01-31",
    )
    found = json.loads(tandem(*asked, "--json")[1])
    assert found["costs"]["total_minor"] == sum(one["amount_minor"] for one in found["instalments"]) == 1_279_423
    assert found["costs"]["nominal_bps"] == pytest.approx(1_200, abs=0.1)
    _, out, _ = tandem(*asked)
    assert "12,794.23" in out
    assert "12.68 %" in out


def test_every_template_holds_together(tandem):
    for template in ("till_instalments", "cash_loan", "merchant_line"):
        assert tandem("new", f"my_{template}", "--template", template)[0] == 0
        edit(f"my_{template}", *(
            (one, "application: application")
            for one in ("application: checkout_application", "application: loan_application",
                        "application: merchant_application")
            if one in Path(f"products/my_{template}.yaml").read_text("utf-8")
        ))  # fmt: skip
    code, out, _ = tandem("check", "--on", DAY, "--json")
    assert code == 0
    assert len(json.loads(out)["products"]) == 3
