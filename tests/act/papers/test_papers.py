"""Papers: what they say is what was signed, in both languages, read back from the PDF by a reader of another make."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from lived_accounts import Life
from pypdf import PdfReader
from till_product import FIRST_DAY, agreed, loan_of, till

from tandem.act.bank_files import reference_of
from tandem.act.lending import Opened, Paid, terms_of
from tandem.act.papers import (
    LANGUAGES,
    Lender,
    Paper,
    Paragraph,
    Person,
    Signed,
    contract_paper,
    covered,
    digest_of,
    payoff_paper,
    statement_paper,
    typeset,
    words_of,
)
from tandem.act.products import parse_product, quote
from tandem.act.statements import payoff_of, statement_of
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import DAY, Micros

SIGNED_AT = Micros(FIRST_DAY * DAY + DAY // 2)
LOAN = parse_product(
    {
        **loan_of("application", consents=["personal_data", "credit_bureau"]),
        "name": "cash_loan",
        "price": {
            "rate_bps": {"least": 0, "most": 3_000, "otherwise": 1_200},
            "fee_bps": 45, "opening_fee_bps": 100,
            "overdue": {"bps_per_day": 5, "grace_days": 3}, "early": {"fee_bps": 100, "rest": "fewer_instalments"},
        },
    }
)  # fmt: skip
TERMS = terms_of(LOAN, quote(LOAN, amount_minor=1_200_000, term=12, on=FIRST_DAY))
LENDERS = {
    "en": Lender(name="Example Lender Ltd", address="1 Example Road", contact="desk@lender.example", rights=("You may ask.",)),
    "zh-CN": Lender(name="示例贷款有限公司", address="示例路1号", contact="desk@lender.example", rights=("您可以要求复核。",)),
}  # fmt: skip


def signed(product=LOAN, plans=None, limit=None):
    opened = Opened(
        account="acc_1", by="shop", owner_kind="person", owner=Pseudonym("ab" * 16), product=product.name,
        terms=Digest("d" * 64), currency=product.currency, day=FIRST_DAY, limit_minor=limit,
    )  # fmt: skip
    plans = {"loan": TERMS} if plans is None else plans
    return Signed(
        opened=opened, at=SIGNED_AT, product=product, plans=plans,
        references={name: reference_of(1, name) for name in plans},
    )  # fmt: skip


def contract(language="en", **more):
    borrower = more.pop("borrower", None)
    return contract_paper(signed(**more), lender=LENDERS[language], borrower=borrower, language=language)


def text_of(paper):
    pages = PdfReader(io.BytesIO(typeset(paper))).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def flat(text):
    """Text without spaces: a reader may put some where a line was broken."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contract_names_every_cost_with_its_method_rate_payee_and_amount(language):
    text = flat(text_of(contract(language)))
    words = words_of(language)
    interest = sum(one.interest_minor for one in TERMS.instalments)
    for told in (
        words["cost_table"], words["interest_method"], words["fee_method"], words["opening_fee_method"],
        words["rate_of_amount"].format(rate="0.45"), words["rate_of_amount"].format(rate="1"),
        f"{interest / 100:,.2f}", f"{12 * 54_00 / 100:,.2f}", f"{120_00 / 100:,.2f}",
        LENDERS[language].name,
        words["late_standard"].format(rate="0.05"), words["early_standard"].format(rate="1"),
        words["late_method"].format(days=3),
    ):  # fmt: skip
        assert flat(told) in text, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contract_says_the_yearly_rate_with_all_costs_in_and_the_whole_schedule(language):
    text = flat(text_of(contract(language)))
    costs = quote(LOAN, amount_minor=1_200_000, term=12, on=FIRST_DAY).costs
    words = words_of(language)
    rate = words["yearly_rate_text"].format(
        nominal=f"{costs.nominal_bps / 100:.2f}", effective=f"{costs.effective_bps / 100:.2f}",
        days=f"{costs.effective_days_bps / 100:.2f}",
    )  # fmt: skip
    assert flat(rate) in text
    for one in TERMS.instalments:
        assert f"{one.amount_minor / 100:,.2f}" in text
    for heading in ("parties", "how_paid", "early_terms", "late_terms", "consents", "rights"):
        assert flat(words[heading]) in text
    assert flat(words["consent_credit_bureau"]) in text
    assert flat(words["right_objection"]) in text
    assert reference_of(1, "loan") in text
    assert "ab" * 16 in text


def test_a_contract_names_the_borrower_where_the_lender_gives_a_name():
    person = Person(name="王小明", identifier="110101199003070000", address="北京市东城区1号")
    text = flat(text_of(contract("zh-CN", borrower=person)))
    assert "王小明" in text
    assert "110101199003070000" in text


def test_a_limit_has_its_price_and_each_draw_its_own_table_and_schedule():
    plans = {"tv": agreed(120_000), "sofa": agreed(50_000, term=1)}
    text = text_of(contract("en", product=till(), plans=plans, limit=300_000))
    assert "CNY 3,000.00" in text
    assert text.count("Yearly rate, all costs in") == 2
    assert "0 – 18 % a year" in text
    assert flat(reference_of(1, "sofa")) in flat(text)
    empty = text_of(contract("en", product=till(), plans={}, limit=300_000))
    assert "Nothing has been drawn yet." in empty


def test_a_lender_that_is_not_known_is_said_to_be_so():
    paper = contract_paper(signed(), lender=None, borrower=None, language="en")
    text = text_of(paper)
    assert "not named in this workspace" in text
    assert flat(words_of("en")["right_person"]) in flat(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_contract_gives_the_same_bytes_and_another_one_another_digest(language):
    assert typeset(contract(language)) == typeset(contract(language))
    other = contract(language, plans={"loan": msgspec.structs.replace(TERMS, rate_bps=1_201)})
    assert digest_of(other) != digest_of(contract(language))
    assert digest_of(contract(language))[:16] in text_of(contract(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_has_its_font_inside_and_says_its_title_and_language(language):
    reader = PdfReader(io.BytesIO(typeset(contract(language))))
    assert reader.metadata.title == words_of(language)["contract_loan"]
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("zh" if language == "zh-CN" else "en")
    assert bool(reader.trailer["/Root"]["/MarkInfo"]["/Marked"])
    found = False
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert any(key in descriptor for key in ("/FontFile3", "/FontFile2"))
            found = True
    assert found
    assert len(typeset(contract(language))) < 200_000


def test_what_somebody_wrote_is_text_and_never_markup():
    wicked = '#import "/etc/passwd" *bold* $x$ = heading \\ // {{}} @preview/x:1.0 "quote" #text(99pt)[x]'
    paper = Paper(
        language="en", title="T", lead=wicked, made_at=SIGNED_AT, footer=wicked, blocks=(Paragraph(text=wicked),)
    )
    assert flat(wicked) in flat(text_of(paper))


def test_a_character_that_the_font_lacks_is_refused_by_name():
    paper = Paper(language="en", title="T", lead="", made_at=SIGNED_AT, footer="", blocks=(Paragraph(text="a 😀 b"),))
    with pytest.raises(InvalidInput) as refused:
        typeset(paper)
    assert (refused.value.code, refused.value.value) == ("character_not_covered", "😀")
    assert covered("贷")
    assert not covered("\u0007")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_on_paper_has_every_movement_and_both_balances(language):
    life = Life()
    life.draw("tv", agreed(120_000))
    life.happen("tv", Paid(day=FIRST_DAY + 40, amount_minor=50_000), heard=FIRST_DAY + 42)
    life.happen("tv", Paid(day=FIRST_DAY + 50, amount_minor=700), heard=FIRST_DAY + 50, fact_id="debit")
    life.reverse("tv", "debit", heard=FIRST_DAY + 52)
    found = statement_of(life.history, since=FIRST_DAY, until=FIRST_DAY + 60, known_at=Micros((FIRST_DAY + 61) * DAY))
    paper = statement_paper(
        found, title=till().title, references={"tv": reference_of(1, "tv")}, lender="示例贷款" if language != "en" else "Lender",
        language=language,
    )  # fmt: skip
    text = flat(text_of(paper))
    words = words_of(language)
    for one in found.plans[0].movements:
        assert flat(words[f"what_{one.what}"]) in text
    for told in ("1,200.00", "500.00", f"{found.closing.owed / 100:,.2f}", flat(words["taken_back"]), "7.00"):
        assert told in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_payoff_quote_on_paper_says_the_amount_the_day_and_the_days_after(language):
    life = Life()
    life.draw("tv", agreed(120_000))
    quoted = payoff_of(life.account, FIRST_DAY + 10)
    paper = payoff_paper(
        quoted,
        title=till().title,
        references={"tv": reference_of(1, "tv")},
        lender=None,
        made_at=SIGNED_AT,
        language=language,
    )
    text = flat(text_of(paper))
    for amount in (quoted.total, quoted.plans[0].early_fee, quoted.on_later(1), quoted.on_later(7)):
        assert f"{amount / 100:,.2f}" in text
    assert reference_of(1, "tv") in text


def test_both_languages_have_the_same_words_with_the_same_places():
    en, zh = words_of("en"), words_of("zh-CN")
    assert en.keys() == zh.keys()
    for key in en:
        assert sorted(re.findall(r"\{(\w+)\}", en[key])) == sorted(re.findall(r"\{(\w+)\}", zh[key])), key
    assert all(covered(one) for text in (*en.values(), *zh.values()) for one in text)
