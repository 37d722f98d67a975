"""No violation of WCAG 2.2 AA that axe can find, on every page there is, light and dark, in both languages.

One workspace in which everything has something to show, and one person who signed in. Each page is opened once in each
language; its colours are looked at again in the other scheme, in which nothing else differs.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

import pytest
from case_workspace import RULES
from conduct_house import document
from http_face import application
from playwright.sync_api import expect
from scored_workspace import scored_artefacts
from served_sandbox import Sandbox
from till_product import loan_of
from training_table import CREDIT_DATA, give

from tandem.act.collections import CollectionsDesk, Collectors, Reach
from tandem.act.lending import LendingDesk, Paid, Reschedule, WriteOff
from tandem.act.products import Shelf
from tandem.kernel.artefacts import Artefact
from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.kernel.time import SystemClock
from tandem.prove.access import Permission

sys.path.insert(0, str(Path(__file__).parent))
from axe import faint, source, violations
from person import Person

pytestmark = pytest.mark.browser

PAGES = {
    "overview": "/",
    "live": "/live",
    "decisions": "/decisions",
    "decision": "/decisions/first-2",
    "decision-by-models": "/decisions/first-0",
    "decision-unknown": "/decisions/unknown",
    "portrait-find": "/portrait",
    "portrait": "/portrait/device/{device}",
    "portrait-unknown": "/portrait/person/nobody",
    "graph-find": "/graph",
    "graph": "/graph?at=person:{person}",
    "graph-node": "/graph?at=person:{person}&node=device:{shared}&colour=kind",
    "graph-nodes": "/graph?at=person:{person}&view=nodes",
    "graph-links": "/graph?at=person:{person}&view=links",
    "graph-unknown": "/graph?at=nothing:none",
    "effect-report": "/effect-report?around=2026-11-20&days=5",
    "effect-report-releases": "/effect-report?of=releases",
    "effect-report-none": "/effect-report?around=2001-01-01",
    "rings": "/rings",
    "ring": "/rings/{ring}",
    "ring-unknown": "/rings/ring_00000000000000000000000000000000",
    "collections": "/collections",
    "collections-customer": "/collections/{arrears}",
    "collections-report": "/collections/report",
    "collections-conduct": "/collections/conduct",
    "lists": "/lists",
    "list": "/lists/blocked_devices",
    "list-empty": "/lists/blocked_people",
    "list-unknown": "/lists/none",
    "backtests": "/backtests",
    "backtest": "/backtests/{backtest}",
    "backtest-unknown": "/backtests/none",
    "attacks": "/attacks",
    "attack": "/attacks/{attack}?before={attack}",
    "attack-unknown": "/attacks/none",
    "cases": "/cases",
    "case": "/cases/{case}",
    "case-unknown": "/cases/case_none",
    "studio": "/studio",
    "studio-policy": "/studio/{policy}",
    "studio-unknown": "/studio/none",
    "products": "/products",
    "product": "/products/cash_loan",
    "product-unknown": "/products/none",
    "product-new": "/products/new",
    "assessment": "/assessments/{assessment}",
    "assessment-unknown": "/assessments/none",
    "accounts": "/accounts",
    "accounts-none": "/accounts?state=written_off",
    "account": "/accounts/{account}",
    "account-unknown": "/accounts/acc_none",
    "limits-none": "/limits",
    "limit-review-unknown": "/limits/none",
    "offers-none": "/offers",
    "proposals": "/proposals",
    "proposals-all": "/proposals?state=all",
    "bank": "/bank",
    "bank-files": "/bank?tab=files",
    "bank-orders": "/bank?tab=orders",
    "bank-order-unknown": "/bank/orders/none",
    "provisions": "/provisions",
    "warnings": "/warnings",
    "warnings-none": "/warnings?state=dismissed",
    "warnings-report": "/warnings?tab=report",
    "warning": "/warnings/{warning}",
    "warning-unknown": "/warnings/warn_none",
    "models": "/models",
    "model": "/models/card",
    "model-trees": "/models/trees",
    "model-unknown": "/models/none",
    "monitoring": "/monitoring",
    "monitoring-model": "/monitoring/card",
    "monitoring-group": "/monitoring/trees?by=release",
    "monitoring-unknown": "/monitoring/none",
    "experiments": "/experiments",
    "experiments-new": "/experiments?new=1",
    "experiment": "/experiments/{experiment}",
    "experiment-unknown": "/experiments/none",
    "trainings": "/training",
    "training-new": "/training/new",
    "training-what": "/training/new?step=what&upload={upload}",
    "training-when": "/training/new?step=when&upload={upload}",
    "training-not": "/training/new?step=not&upload={upload}",
    "training-how": "/training/new?step=how&upload={upload}",
    "training-gone": "/training/new?upload=upl_0",
    "training": "/training/{training}",
    "training-compare": "/training/{training}?tab=compare",
    "training-draft": "/training/{training}?tab=draft",
    "training-unknown": "/training/none",
    "log-book": "/log-book",
    "features": "/features",
    "features-ready": "/features?tab=ready",
    "feature": "/features/device_applications_1d",
    "feature-unread": "/features/device_applications_1h",
    "feature-unknown": "/features/none",
    "releases": "/releases",
    "release": "/releases/{release}",
    "release-unknown": "/releases/none",
    "settings": "/settings",
    "settings-people": "/settings?tab=people",
    "settings-keys": "/settings?tab=keys",
    "settings-events": "/settings?tab=events",
    "settings-audit": "/settings?tab=audit",
    "event-type": "/settings/event-types/application",
    "event-type-field": "/settings/event-types/application?field=device",
    "event-type-change": "/settings/event-types/application/change",
    "event-type-new": "/settings/new-event-type",
    "event-type-unknown": "/settings/event-types/none",
    "developers": "/developers",
    "developers-webhooks": "/developers?tab=webhooks",
    "developers-reference": "/developers?tab=reference",
    "webhook": "/developers/webhooks/{webhook}",
    "webhook-unknown": "/developers/webhooks/none",
    "nowhere": "/nowhere",
}
REFUSED = {
    "decision-unknown": "unknown_decision",
    "graph-unknown": "unknown_entity_kind",
    "ring-unknown": "unknown_ring",
    "list-unknown": "unknown_list",
    "attack-unknown": "unknown_attack_run",
    "backtest-unknown": "unknown_backtest_run",
    "case-unknown": "unknown_case",
    "studio-unknown": "unknown_artefact",
    "product-unknown": "unknown_product",
    "assessment-unknown": "unknown_assessment_run",
    "account-unknown": "unknown_account",
    "limit-review-unknown": "unknown_limit_review",
    "bank-order-unknown": "unknown_order_file",
    "warning-unknown": "unknown_warning",
    "model-unknown": "unknown_artefact",
    "monitoring-unknown": "unknown_model",
    "experiment-unknown": "unknown_experiment",
    "training-gone": "unknown_upload",
    "training-unknown": "unknown_training_run",
    "feature-unknown": "not_found",
    "release-unknown": "invalid_parameter",
    "event-type-unknown": "unknown_artefact",
    "webhook-unknown": "invalid_parameter",
}
"""What a page says of a thing that is not there, by the code of the problem; any other page shows none."""
MONEY = (
    "decision-by-models",
    "case",
    "cases",
    "portrait",
    "ring",
    "attacks",
    "attack",
    "products",
    "product",
    "assessment",
    "accounts",
    "account",
    "warning",
    "collections",
    "collections-report",
)
SIZE = {"width": 1360, "height": 900}
PATIENCE_MS = 90_000  # some pages wait for a process: a look at a table
CONSOLE = Path(__file__).parents[2] / "console" / "src"
LANGUAGES = {"en": "dark", "zh-CN": "light"}  # and the scheme that a page is opened in
_ASK = """async ([method, path, body]) => {
  const {csrf} = await (await fetch("/v1/session")).json();
  const headers = {"Content-Type": "application/json", "X-Tandem-CSRF": csrf};
  return (await fetch(path, {method, headers, body: body && JSON.stringify(body)})).json();
}"""

_AMOUNTS = """found => found.map(one => {
  const {left, right} = one.getBoundingClientRect();
  const cell = one.closest("[role=gridcell], td");
  const within = (cell ?? one.closest("dd, p, span:not([data-amount]), div")).getBoundingClientRect();
  const style = cell && getComputedStyle(cell);
  return {
    text: one.textContent, lines: one.getClientRects().length, cell: cell !== null,
    inside: left >= within.left - 0.5 && right <= within.right + 0.5,
    align: style && style.textAlign,
  };
})"""
"""How each amount stands on the page."""


@pytest.fixture(scope="module")
def axe():
    return source()


def _tried(body):
    """A stricter policy, computed beside the live one."""
    body = {key: value for key, value in body.items() if key not in {"policy", "examples"}}
    shadow = {
        "on": "application",
        "mode": "shadow",
        "unit": "person",
        "arms": [
            {"arm": "champion", "share": 0},
            {"arm": "challenger", "share": 100, "policy": "application_challenger"},
        ],
        "metric": {"measure": "approval_rate", "better": "higher", "detect": 0.05, "expected": 0.8},
        "guards": [{"guard": "declines", "measure": "decline_rate", "limit": 0.9}],
        "segments": ["term_months"],
    }
    return [
        Artefact.of("policy", "application_challenger", body),
        Artefact.of("experiment", "older_applicants", shadow),
    ]


def _decided(process, outcome, named=None):
    """The id of a decision of that outcome, the first of several that are taken to find one; ``named``: of others."""
    for number in range(200):
        given = {
            "age": 18 + number % 48,
            "amount_minor": 20_000 + 9_000 * number,
            "term_months": 6 + number % 48,
            "income_minor": 100_000 + 5_000 * (number * 7 % 90),
        }
        answer = process.decide_now(application(f"{named or outcome}-{number}", **given))
        if json.loads(answer.body)["outcome"] == outcome:
            return answer.decision_id
    raise AssertionError(f"nobody got {outcome}")


def _signed(process):
    """The account of somebody who was approved, signed and has paid a little."""
    desk = LendingDesk(process, Shelf(process, SystemClock()), clock=SystemClock())
    account = desk.accept(_decided(process, "approve"), term=12, by="shop").account.account_id
    desk.happen(account, "loan", Paid(day=desk.today(), amount_minor=5_000), key="p-1", by="bank")
    for key, act in (("a-1", WriteOff(plan="loan")), ("a-2", Reschedule(plan="loan", count=24, rate_bps=0))):
        desk.servicing.do(account, act, key=key, by="li", reason="hardship", note="Lost the job in October.")
    return account


def _arrears():
    """The example's conduct rules, and a strategy that has a person call everybody weeks before anything is due."""
    rules = {key: value for key, value in document("conduct", "cn").items() if key != "name"}
    ladder = [{"from_day": -60, "step": "reminder", "channels": ["call"]}]
    everybody = {"segment": "everybody", "title": {"en": "Everybody", "zh-CN": "所有客户"}, "ladder": ladder}
    strategy = {**document("collections", "consumer"), "products": ["cash_loan"], "segments": [everybody]}
    strategy.pop("name")
    return [Artefact.of("conduct_rules", "cn", rules), Artefact.of("collection_strategy", "consumer", strategy)]


def _collected(process):
    """In collections, with a number, a promise that stands, and a contact that a rule stood against."""
    clock = SystemClock()
    lending = LendingDesk(process, Shelf(process, clock), clock=clock)
    desk = CollectionsDesk(process, lending, clock=clock)
    account = lending.accept(_decided(process, "approve", "late"), term=12, by="shop").account.account_id
    phone = desk.add_point(lending.account(account).owner, Reach(kind="phone", value="13800138000"), by="li")
    desk.tend()
    people = Collectors(desk)
    people.mark(account, "lawyer", on=True, by="li", key="m-1")
    people.dial(account, "call", phone, step="soft", by="li", key="c-1")
    people.mark(account, "lawyer", on=False, by="li", key="m-2")
    people.promise(account, 5_000, desk.today() + 3, by="li", key="p-1")
    people.offer(account, "restructure", count=24, by="li", key="o-1")
    return account


def _warning_rules():
    """Every application that goes to a person warns of its applicant."""
    return Artefact.of(
        "warning_rules",
        "people",
        {
            "follow": [{"event": "application", "rolled": "amount_minor < 0"}],
            "warnings": [
                {"warning": "reviewed", "title": {"en": "Looked at by a person", "zh-CN": "人工审核"}, "about": "person",
                 "when": {"policies": ["application"], "outcomes": ["review"]}, "severity": "high", "owner": "early",
                 "due_after": "1d", "horizon": "90d", "action": "case"},
            ],
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def lender(tmp_path_factory):
    """Decisions, models, cases, a list with an entry, a draft that waits, a key."""
    folder = tmp_path_factory.mktemp("lender")
    rules = Artefact.of("case_rules", "cases", {**RULES, "labels": []})
    graph = Artefact.of(
        "graph", "people", {"member": "person", "events": ["application"], "links": [{"identifier": "device"}]}
    )
    finder = {
        "graph": "people",
        "hot": {"outcomes": ["decline"]},
        "smallest": 2,
        "amount": "amount_minor",
        "lists": {"members": "ring_members"},
    }
    watched = Artefact.of("list", "ring_members", {"kind": "watch", "entity": "person"})
    nobody = Artefact.of("list", "blocked_people", {"kind": "block", "entity": "person"})
    loan = Artefact.of("product", "cash_loan", loan_of("application", currency="CNY"))
    more = [
        loan,
        *scored_artefacts(folder / "scored"),
        rules,
        graph,
        watched,
        nobody,
        Artefact.of("ring", "people", finder),
        _warning_rules(),
        *_arrears(),
    ]
    one = Sandbox(folder, key_rate=None, sandbox=False, more=more)
    for number in range(3):  # a ring: one device, three people
        one.process.decide_now(application(f"ring-{number}", age=16, device="d-ring"))
    for number in range(8):
        one.process.decide_now(application(f"first-{number}", age=16 if number == 2 else 34, device="d-1"))
    one.process.decide_now(application("no-income", income_minor=..., device="d-1"))
    entry = {"identifier": "d-9", "reason": "seen in a ring", "source": "fraud desk"}
    one.process.change_list("blocked_devices", {"add": [entry]}, by="ann")
    register = one.process.state.register
    name = next(key for key in register.live.manifest if key.startswith("policy/"))
    policy = register.version(register.live.manifest[name]).artefact
    older = json.loads(json.dumps(policy.body).replace("age < 18", "age < 21"))
    one.process.push([Artefact.of("policy", policy.name, older)], author="ann", note="older applicants only")
    tried = _tried(json.loads(json.dumps(older)))
    one.process.push(tried, author="ann", note="a shadow")
    one.process.review([each.digest for each in tried], approver="bob")
    one.process.release({each.key: each.digest for each in tried}, by="bob")
    for number in range(4):
        one.process.decide_now(application(f"shadowed-{number}", age=19))
    one.account = _signed(one.process)
    one.arrears = _collected(one.process)
    _decided(one.process, "review")
    one.key("partner", Permission.DECIDE)
    yield one
    one.close()


@pytest.fixture(scope="module")
def tab(browser):
    """The one tab in which every page is opened."""
    context = browser.new_context(viewport=SIZE, locale="en-GB", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def places(tab, lender):
    """Somebody signed in; the names that the addresses of single things are made of."""
    tab.goto(f"{lender.address}/sign-in")
    tab.evaluate("localStorage.clear()")
    link = f"{lender.address}/welcome#token={lender.access.first_link()}"
    Person(tab, lender.address, "en-GB").takes_link(link, "ann", "Ann")

    def ask(method, path, body=None):
        return tab.evaluate(_ASK, [method, path, body])

    ask("PATCH", "/v1/people/ann", {"roles": ["admin", "analyst", "collector", "strategist", "approver", "servicer"]})
    decision = ask("GET", "/v1/decisions/first-0")
    town = {"kind": "group_loan", "event_type": "application", "customers": 300, "days": 5, "warm_up_days": 2}
    attack = ask("POST", "/v1/attacks", town)["attack_id"]
    while ask("GET", f"/v1/attacks/{attack}")["run"]["state"] == "running":
        time.sleep(0.2)
    asked = {
        "event_type": "application",
        "segments": ["age"],
        "attribute": True,
        "score": "trees",
        "price": {"margin": 0.05},
    }
    backtest = ask("POST", "/v1/backtests", {"asked": asked})["backtest_id"]
    while ask("GET", f"/v1/backtests/{backtest}")["run"]["state"] == "running":
        time.sleep(0.2)
    definition = {**ask("GET", "/v1/products/cash_loan")["definition"], "terms": [6, 12]}
    asked = {"name": "quick_loan", "definition": definition, "chosen": {"groups": ["age >= 30"]}}
    assessment = ask("POST", "/v1/assessments", asked)["assessment_id"]
    while ask("GET", f"/v1/assessments/{assessment}")["run"]["state"] == "running":
        time.sleep(0.2)
    upload = give(lambda method, path, body, **_: ask(method, path, body), CREDIT_DATA.name, CREDIT_DATA.read_bytes())
    asked = {"source": {"type": "file", "upload_id": upload}, "target": "Status", "id": ["rownames"],
             "forbid": ["Age", "Marital"], "explain": "strictly", "folds": 2, "name": "loans"}  # fmt: skip
    training = ask("POST", "/v1/trainings", asked)["training_id"]
    while ask("GET", f"/v1/trainings/{training}")["run"]["state"] == "running":
        time.sleep(0.2)
    ringed = ask("GET", "/v1/decisions/ring-0")["trail"]["entities"]
    assert ask("POST", "/v1/rings/refresh", {})["rings"] > 0
    return {
        "account": lender.account,
        "arrears": lender.arrears,
        "attack": attack,
        "assessment": assessment,
        "backtest": backtest,
        "experiment": "older_applicants",
        "upload": upload,
        "training": training,
        "device": decision["trail"]["entities"]["device"],
        "person": ringed["person"],
        "shared": ringed["device"],
        "ring": ask("GET", "/v1/rings")["rings"][0]["ring_id"],
        "policy": decision["answer"]["policy"],
        "release": decision["answer"]["release"],
        "case": ask("GET", "/v1/cases")["cases"][0]["case_id"],
        "warning": ask("GET", "/v1/warnings?state=all")["warnings"][0]["warning_id"],
        "webhook": ask("POST", "/v1/webhooks", {"url": "http://127.0.0.1:9/hooks", "kinds": ["decision.made"]})["webhook"]["id"],
    }  # fmt: skip


def dressed(page, scheme):
    """In the colours of ``scheme``, once the page has put them on."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", scheme)
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def opened(page, address, language, scheme):
    page.evaluate("language => localStorage.setItem('tandem.language', language)", language)
    page.goto("about:blank")  # for an address that differs behind the hash alone is no other page
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    dressed(page, scheme)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=PATIENCE_MS)


def assert_no_violations(page, axe, address):
    for language, scheme in LANGUAGES.items():
        opened(page, address, language, scheme)
        assert violations(page, axe) == []
        dressed(page, "light" if scheme == "dark" else "dark")
        assert faint(page, axe) == []


@pytest.mark.parametrize("path", ["/sign-in", "/welcome", "/welcome#token={token}"])
def test_a_page_before_signing_in_has_no_violations(tab, lender, axe, path):
    tab.goto(f"{lender.address}/sign-in")
    assert_no_violations(tab, axe, lender.address + path.format(token=lender.access.first_link()))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violations_and_shows_a_problem_only_where_there_is_nothing_to_show(
    tab, lender, places, axe, name
):
    assert_no_violations(tab, axe, lender.address + PAGES[name].format(**places))
    found = tab.locator("[data-problem]").evaluate_all("found => found.map(one => one.dataset.problem)")
    assert found == ([REFUSED[name]] if name in REFUSED else [])
    assert tab.get_by_role("alert").count() == len(found)


@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("name", MONEY)
def test_every_amount_names_its_currency_on_one_line_in_its_cell(tab, lender, places, name, width):
    tab.set_viewport_size({"width": width, "height": 900})
    try:
        for language, scheme in LANGUAGES.items():
            opened(tab, lender.address + PAGES[name].format(**places), language, scheme)
            amounts = tab.locator("[data-amount]")
            expect(amounts.first).to_be_attached()
            told = amounts.evaluate_all(_AMOUNTS)
            currency = lender.header.currency
            assert [one for one in told if not re.fullmatch(rf"-?{currency}\xa0[\d,]+\.\d\d", one["text"])] == []
            assert [one for one in told if one["lines"] != 1 or not one["inside"]] == []
            assert [one for one in told if one["cell"] and one["align"] != "right"] == []
    finally:
        tab.set_viewport_size(SIZE)


def test_minor_units_are_divided_as_the_kernel_divides_them():
    written = (CONSOLE / "kit" / "format.ts").read_text(encoding="utf-8")
    table = re.search(r"MINOR_DIGITS: Record<string, number> = \{([^}]*)\}", written).group(1)
    digits = {code: int(count) for code, count in re.findall(r"([A-Z]{3}): (\d)", table)}
    assert {code: digits.get(code, 2) for code in CURRENCY_EXPONENTS} == CURRENCY_EXPONENTS
    assert set(digits) <= set(CURRENCY_EXPONENTS)


def test_every_page_there_is_was_opened():
    table = (CONSOLE / "app" / "pages.tsx").read_text(encoding="utf-8")
    known = re.findall(r'path: "([^"]+)", file: "([^"]+)"', table)
    there = [path for path, file in known if (CONSOLE / "pages" / f"{file}.tsx").is_file()]
    opened_ones = {re.sub(r"\{(\w+)\}", r"$\1", path).partition("?")[0] for path in PAGES.values()}
    shapes = [
        re.compile(re.sub(r"\$\w+", r"[^/]+", path) + "$") for path in there if path not in ("/sign-in", "/welcome")
    ]
    assert [one.pattern for one in shapes if not any(one.match(path) for path in opened_ones)] == []
