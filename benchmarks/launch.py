"""A product from a template to its first decision: how much of two people's time, and of the machine's, that takes.

Driven in a real browser against the real server; see ``benchmarks.launching`` for what is modelled and what is measured.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.claims import Claim, claim
from benchmarks.launching import Hands, Launch, launches, lender_at, take_link
from tandem.faces.console import index_of

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_LOCALES = {"en-GB": "en", "zh-CN": "zh-CN"}
_NAMES = ("person", "machine", "together", "assessment", "steps")


def run(quick: bool) -> list[Claim]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or index_of() is None:
        return [
            claim(f"launch.{name}", None, "s", protocol="no Chromium, or the console was not built here")
            for name in _NAMES
        ]
    past = 300 if quick else 3_000
    found = {locale: _launched(chromium, locale, past) for locale in (["en-GB"] if quick else list(_LOCALES))}
    return [one for locale, launch in found.items() for one in _claims(locale, launch, past)]


def _launched(chromium: str, browser_locale: str, past: int) -> Launch:
    from playwright.sync_api import sync_playwright

    locale = _LOCALES[browser_locale]
    with (
        tempfile.TemporaryDirectory() as folder,
        lender_at(Path(folder), past=past) as lender,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=chromium, args=_ARGUMENTS)

        def seated(name: str) -> Hands:
            page: Any = browser.new_context(
                viewport={"width": 1360, "height": 900}, locale=browser_locale, reduced_motion="reduce"
            ).new_page()
            take_link(page, lender.links[name], name, locale)
            return Hands(page, lender.address, locale)

        li, wang = seated("li"), seated("wang")
        found = launches(li, wang, lender.key)
        browser.close()
    if found.outcome != "approve":
        raise AssertionError("the first application is one that the policy approves")
    return found


def _claims(locale: str, found: Launch, past: int) -> list[Claim]:
    parts = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in sorted(found.parts.items()))
    modelled = (
        "keystroke-level model (Card, Moran and Newell 1980: key .28, pointing 1.1, button .1, homing .4, making up one's"
        f" mind 1.35 s) of each of {found.steps} actions performed, reading at 238 words a minute (Brysbaert 2019): {parts};"
        " a strategist and an approver, both signed in, a key at hand"
    )
    measured = (
        f"wall time with no pauses, {past:,} applications of the past assessed, two browsers and the server on one machine;"
        f" load of it {os.getloadavg()[0]:.1f}"
    )
    total = found.person_s + found.machine_s
    protocol = f"{modelled}; the machine: {measured}"
    return [
        claim(f"launch.person.{locale}", found.person_s, "s", "<= 300", protocol=modelled),
        claim(f"launch.machine.{locale}", found.machine_s, "s", protocol=measured),
        claim(
            f"launch.together.{locale}", total, "s", protocol=f"nobody does anything while a machine works; {protocol}"
        ),
        claim(
            f"launch.assessment.{locale}", found.assessment_s, "s", protocol=f"from asking to the report; {measured}"
        ),
        claim(
            f"launch.steps.{locale}", found.steps, "actions", protocol="clicks, fields, pages and texts read, of both"
        ),
    ]
