"""The pictures of the documents, made from the example lender: `make pictures`.

A server of its own runs on a copy of what `make run` left, gets a draft, a release and a few list entries, and is looked
at by a browser with a fixed window, a fixed language and a clock that stands still. Times and digests are those of the
day; what stands where changes only with the console and the example's data.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from playwright.sync_api import Browser, Page, sync_playwright

from tandem.faces.demo.sources import application_documents, read_applications
from tandem.kernel.time import Micros

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = Path(__file__).parent
LENDER: Final = ROOT / ".tandem" / "demo"
BYTES_MAX: Final = 250_000
_ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                     "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--font-render-hinting=none"]  # fmt: skip
_PORT: Final = 8321
_READY_S: Final = 120
_PATIENCE_MS: Final = 90_000
_AHEAD: Final = timedelta(seconds=20)
"""How far the browser's clock is ahead: what happens while a page is looked at has happened by then."""
_SAME_TRIES: Final = 40
_BETWEEN_MS: Final = 800
_APPLICATIONS: Final = 120

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """One page at one size, in one language and theme; ``act`` is what a person did before."""

    name: str
    path: str
    shows: str  # a selector of what has to be there
    locale: str = "en-GB"
    scheme: str = "light"
    width: int = 1440
    act: Act | None = None


def main() -> None:
    """Make every picture, or those named on the command line."""
    chromium = os.environ.get("TANDEM_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not (LENDER / ".tandem" / "journal.db").is_file():
        sys.exit(f"There is no example lender in {LENDER.relative_to(ROOT)}: run `make run` once, then stop it.")
    if chromium is None:
        sys.exit("There is no Chromium here; TANDEM_TEST_CHROMIUM may name one.")
    wanted = set(sys.argv[1:])
    with (
        tempfile.TemporaryDirectory(prefix="tandem-pictures-") as folder,
        served(Path(folder)) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        api = Api(browser, address)
        prepare(api)
        for picture in pictures(api):
            if not wanted or picture.name in wanted:
                take(browser, address, picture)
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server on a copy of the example lender."""
    workspace = folder / "demo"
    shutil.copytree(LENDER, workspace, ignore=shutil.ignore_patterns("*.writer"))
    environment = {**os.environ, "TANDEM_HOME": ".tandem", "TANDEM_ACCESS": "open", "PYTHONUNBUFFERED": "1"}
    command = [str(Path(sys.executable).with_name("tandem")), "serve", "--port", str(_free_port())]
    with subprocess.Popen(
        command, cwd=workspace, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        try:
            for line in server.stdout:
                if found := re.search(r"http://[\w.]+:\d+", line):
                    yield found[0]
                    return
            sys.exit("The server did not start.")
        finally:
            server.terminate()
            server.wait(_READY_S)


def _free_port() -> int:
    """The usual port, which examples on the page name; another where that is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return 0 if probe.connect_ex(("127.0.0.1", _PORT)) == 0 else _PORT


class Api:
    """What the pictures need to know, and to have done, before they are taken."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._request = browser.new_context(base_url=address).request
        until = time.monotonic() + _READY_S
        while not self._request.get("/health/ready").ok:
            assert time.monotonic() < until, "the server is not ready"
            time.sleep(0.2)

    def get(self, path: str, **query: str | int) -> Any:
        """The answer to a question."""
        reply = self._request.get(path, params=dict(query))
        assert reply.ok, reply.text()
        return reply.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The answer to an order."""
        # As bytes of ours: a driver that writes 1.0 as 1 would change the type of a constant.
        reply = self._request.post(path, data=msgspec.json.encode(body), headers={"content-type": "application/json"})
        assert reply.ok, reply.text()
        return reply.json()


def prepare(api: Api) -> None:
    """Rings are looked for, a stricter policy and a guard rail go live, another waits, a list has members, people have roles."""
    api.post("/v1/rings/refresh", {})
    api.post("/v1/limit-reviews", {"strategy": "card_lines", "by": "mei"})
    key = next(one for one in api.get("/v1/artefacts", kind="policy")["artefacts"] if one["name"] == "loan_application")
    body = api.get(f"/v1/artefacts/{key['digest']}")["body"]
    stricter = waived(api, msgspec.json.decode(msgspec.json.encode(body).replace(b'"< 0.42"', b'"< 0.38"')))
    rail = {"policy": "loan_application", "approval_rate": {"min": 0.45, "max": 0.8}, "latency_ms_p99": 50}
    publish(api, "Fewer loans at the highest risk we take", stricter, push(api, "guard", "lending", rail, "A rail"))
    push(api, "guard", "lending", {**rail, "error_share": 0.01}, "Failed requests count too")
    api.post(
        "/v1/lists/blocked_devices/bulk",
        {"text": "\n".join(f"device-{n}" for n in range(1, 9)), "action": "add", "reason": "Seen in a ring of eight cards",
         "source": "fraud desk", "expires_after": "180d", "change_id": "ring-8", "apply": True},
    )  # fmt: skip
    for name, roles in {"mei": ["strategist"], "jonas": ["approver"], "amara": ["analyst"], "tom": ["viewer"]}.items():
        api.post("/v1/people", {"name": name, "roles": roles, "display_name": name.capitalize()})


def push(api: Api, kind: str, name: str, body: dict[str, Any], note: str) -> str:
    """A new draft; its digest."""
    draft = {"kind": kind, "name": name, "body": body}
    return str(
        api.post("/v1/artefacts", {"author": "mei", "note": note, "artefacts": [draft]})["artefacts"][0]["digest"]
    )


def waived(api: Api, policy: dict[str, Any]) -> list[str]:
    """The digests of a loan policy that cannot wait for an assessment and of the reason, which another person signs."""
    product = next(one for one in api.get("/v1/artefacts", kind="product")["artefacts"] if one["name"] == "cash_loan")
    asked = {
        "name": "cash_loan", "definition": api.get(f"/v1/artefacts/{product['digest']}")["body"], "author": "mei",
        "reason": "Losses rose last night.", "drafts": [{"kind": "policy", "name": "loan_application", "body": policy}],
    }  # fmt: skip
    return [one["digest"] for one in api.post("/v1/products/waivers", asked)["artefacts"]]


def publish(api: Api, note: str, waived: list[str], guard: str) -> None:
    """Drafts approved and in force, together."""
    digests = [*waived, guard]
    api.post("/v1/reviews", {"approver": "jonas", "digests": digests, "note": "Effect looked at."})
    api.post("/v1/releases", {"by": "jonas", "digests": digests, "note": note})


def pictures(api: Api) -> list[Picture]:
    """What is taken, in the order of the tour."""
    declined = api.get("/v1/decisions", policy="loan_application", outcome="decline", limit=1)["decisions"][0]
    suspect = api.get("/v1/decisions", policy="card_payment", outcome="decline", limit=1)["decisions"][0]
    decision = f"/decisions/{declined['answer']['decision_id']}"
    portrait = f"/portrait/person/{suspect['trail']['entities']['person']}"
    case = f"/cases/{api.get('/v1/cases', state='open', limit=1)['cases'][0]['case_id']}"
    release = f"/releases/{api.get('/v1/releases/live')['release']}"
    pressing = api.get("/v1/rings", state="all", limit=1)["rings"][0]
    ring = f"/rings/{pressing['ring_id']}"
    somebody = api.get(f"/v1/rings/{pressing['ring_id']}")["members"][-1]["member"]
    graph = f"/graph?graph={pressing['graph']}&at={pressing['member_kind']}:{somebody}"
    late = f"/accounts/{api.get('/v1/accounts', state='late', limit=1)['accounts'][0]['account_id']}"
    owing = f"/collections/{api.get('/v1/collections/queue')['work'][0]['account_id']}"
    review = f"/limits/{api.get('/v1/limit-reviews')['reviews'][0]['review_id']}"
    table = "/studio/loan_application?stage=flow%5B5%5D"
    return [
        Picture("overview", "/?range=all&metric=loan_approval_rate", "h1"),
        Picture("overview-phone", "/?range=all", "h1", width=390),
        Picture("live", "/live", "[role=row]", scheme="dark", act=lambda page: traffic(api, page)),
        Picture("decision", decision, "h1"),
        Picture("decision-path", decision, "h1", act=lambda page: see(page, "Path through the policy")),
        Picture("portrait", portrait, "h1", locale="zh-CN"),
        Picture("graph", graph, "[data-graph][data-settled]"),
        Picture("rings", "/rings", "article"),
        Picture("ring", ring, "[data-graph][data-settled]", scheme="dark"),
        Picture("ring-radius", ring, "[data-graph][data-settled]", act=ask_for_the_radius),
        Picture("lists", "/lists/blocked_devices", "[role=row]"),
        Picture("case", case, "h1", locale="zh-CN"),
        Picture("studio", f"{table}&tab=effect", ".react-flow__node", act=lower_the_cut),
        Picture("decision-table", f"{table}&view=outline", "[role=grid]", scheme="dark", act=repeat_a_row),
        Picture("product", "/products/cash_loan", "h1"),
        Picture("account", late, "h1"),
        Picture("warnings", "/warnings", "[role=row]"),
        Picture("limit-review", review, "h1", scheme="dark"),
        Picture("collections", "/collections", "[role=row]"),
        Picture("debtor", owing, "h1", locale="zh-CN"),
        Picture("model", "/models/credit_risk", "h1"),
        Picture("release", release, "h1"),
        Picture("guard-rails", "/releases", "[data-testid=guard-in-words]", act=change_the_guard_rail),
        Picture("settings", "/settings?tab=people", "[role=row]"),
        Picture("event-type", "/settings/event-types/card_payment/change", "h1", act=take_a_field_out),
        Picture("developers", "/developers", "h1"),
    ]


def traffic(api: Api, page: Page) -> None:
    """Applications of real people of long ago come in while the page is open."""
    applications = read_applications(ROOT / "examples" / "data", seed=7).slice(0, _APPLICATIONS)
    documents = application_documents(applications, start=Micros(int(time.time() * 1e6)), every=0)
    for number, document in enumerate(documents):
        api.post("/v1/decisions", {**document, "event_id": f"web-{number:05d}"})
    page.get_by_text(f"web-{_APPLICATIONS - 1:05d}").first.wait_for(timeout=_PATIENCE_MS)


def see(page: Page, title: str) -> None:
    """Move the part of the page with that title to the top."""
    page.get_by_role("heading", name=title).evaluate("heading => heading.scrollIntoView()")


def lower_the_cut(page: Page) -> None:
    """One cell of the table of grades, and what that would have done."""
    write_cell(page, row=3, text="< 0.33")
    page.get_by_role("tabpanel").get_by_role("table").first.wait_for(timeout=_PATIENCE_MS)


def repeat_a_row(page: Page) -> None:
    """A row that nothing is left for is marked while it is written."""
    write_cell(page, row=2, text="< 0.10")
    page.locator("[data-mark=unreachable]").first.wait_for()


def write_cell(page: Page, *, row: int, text: str) -> None:
    """``text`` into the first column."""
    page.get_by_role("grid").focus()
    for _ in range(row):
        page.keyboard.press("ArrowDown")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def take_a_field_out(page: Page) -> None:
    """A field that features read goes, another comes."""
    page.get_by_role("button", name="Remove channel", exact=True).click()
    page.get_by_role("button", name="Add a field", exact=True).click()
    page.get_by_role("textbox", name="Name of field 7", exact=True).fill("wallet")
    page.get_by_text("Does not hold yet").wait_for()


def change_the_guard_rail(page: Page) -> None:
    """The form, with the sentence it makes."""
    page.get_by_role("button", name="Change lending").click()
    page.get_by_role("dialog").wait_for()


def ask_for_the_radius(page: Page) -> None:
    """The dialog, with who would be hit."""
    page.get_by_role("button", name="Put on lists", exact=True).click()
    page.get_by_role("dialog").locator("dl").wait_for()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Look at the page until two looks are the same, and keep the last."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": 900},
        device_scale_factor=1,
        locale=picture.locale,
        timezone_id="UTC",
        color_scheme="dark" if picture.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.clock.set_fixed_time(datetime.now(UTC) + _AHEAD)
    page.goto(picture.path)
    page.locator(picture.shows).first.wait_for(timeout=_PATIENCE_MS)
    settled(page)
    if picture.act is not None:
        picture.act(page)
        settled(page)
    before, shown = b"", page.screenshot()
    for _ in range(_SAME_TRIES):
        if before == shown:
            break
        settled(page)
        before, shown = shown, page.screenshot()
    context.close()
    path = FOLDER / f"{picture.name}.png"
    path.write_bytes(shown)
    print(f"{path.relative_to(ROOT)}  {len(shown) / 1000:.0f} kB")
    if len(shown) > BYTES_MAX:
        sys.exit(f"{path.name} is over {BYTES_MAX / 1000:.0f} kB.")


def settled(page: Page) -> None:
    """Wait until nothing is waited for."""
    page.wait_for_timeout(_BETWEEN_MS)
    page.wait_for_function("() => !document.querySelector('.mantine-Skeleton-root')", timeout=_PATIENCE_MS)


if __name__ == "__main__":
    main()
