"""Somebody at a browser of their own, who signs in; what they do is counted, because a person's minutes are made of it."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

PASSWORDS = {
    "ann": "three unrelated purple words",
    "li": "seven quiet amber harbours",
    "wang": "nine patient copper gardens",
    "mei": "eleven idle silver bridges",
    "an": "twelve early paper lanterns",
}


class Person:
    """Who sits in front of ``page``.

    Attributes:
        steps: how often they pressed, typed, chose or went somewhere.
    """

    def __init__(self, page, address, locale):
        self.page, self.address, self.locale = page, address, locale
        self.steps = 0

    def say(self, key, **given):
        """The word ``key`` in their language."""
        return words(self.locale, key, **given)

    def goes(self, path):
        """By the address of a page."""
        self.steps += 1
        self.page.goto(f"{self.address}{path}")

    def clicks(self, what):
        """On something that is there."""
        self.steps += 1
        what.click()

    def presses(self, key, within=None, **given):
        """The button that ``key`` names, the first of them that can be pressed."""
        named = (within or self.page).get_by_role("button", name=self.say(key, **given), exact=True)
        self.clicks(named.and_(self.page.locator(":enabled")).first)

    def types(self, text, into=None):
        """Over what stands in a field; without one, where the cursor is."""
        self.steps += 1
        if into is None:
            self.page.keyboard.type(text)
        else:
            into.fill(text)

    def strikes(self, keys):
        """One key, or keys together."""
        self.steps += 1
        self.page.keyboard.press(keys)

    def chooses(self, label, option, within):
        """One of the options of a field."""
        self.clicks(within.get_by_role("combobox", name=label).or_(within.get_by_role("textbox", name=label)).first)
        self.clicks(self.page.get_by_role("option", name=option).filter(visible=True))

    def dialog(self):
        """What is asked in a window over the page."""
        return self.page.get_by_role("dialog")

    def takes_link(self, link, name, shown=None):
        """Opens a one-time link and comes in as ``name``; who is first there also says how they are called."""
        self.steps += 1
        self.page.goto(link)
        if shown is not None:
            self.types(name, self.page.get_by_role("textbox", name=self.say("sign-in:name")).first)
            self.types(shown, self.page.get_by_role("textbox", name=self.say("sign-in:shown_as")))
        self.types(PASSWORDS[name], self.page.locator("input[type=password]"))
        self.presses("sign-in:come_in")
        expect(self.page.get_by_role("navigation").first).to_be_visible()

    def comes_back(self, name):
        """Signs in as ``name``, whose session is over."""
        self.goes("/")
        self.types(name, self.page.get_by_role("textbox", name=self.say("sign-in:name")).first)
        self.types(PASSWORDS[name], self.page.locator("input[type=password]"))
        self.presses("sign-in:enter")
        expect(self.page.get_by_role("navigation").first).to_be_visible()

    def invites(self, name, shown, *roles):
        """Adds somebody, and gives their one-time link."""
        self.goes("/settings?tab=people")
        self.presses("settings:people.add")
        form = self.dialog()
        self.types(name, form.get_by_role("textbox").nth(0))
        self.types(shown, form.get_by_role("textbox").nth(1))
        for role in roles:
            self.clicks(form.get_by_role("checkbox", name=self.say(f"app:role.{role}")))
        self.presses("settings:people.add_do", within=form)
        link = self.page.locator("pre", has_text="#token=").inner_text()
        self.presses("settings:taken")
        expect(self.dialog()).to_have_count(0)
        return link

    def makes_key(self, name):
        """A key for a program that decides, as the page shows it once."""
        self.goes("/settings?tab=keys")
        self.presses("settings:keys.make")
        form = self.dialog()
        self.types(name, form.get_by_role("textbox").first)
        self.presses("settings:keys.make", within=form)
        key = self.page.get_by_role("dialog").locator("pre").first
        expect(key).to_contain_text("_")
        text = key.inner_text()
        self.presses("settings:taken")
        return text


def li_and_wang(served, open_tab, locale, role):
    """Li in ``role`` and Wang, who approves, each in a browser of their own; Ann, who came first, invited both."""
    ann, li, wang = (Person(open_tab(locale), served.address, locale) for _ in range(3))
    ann.takes_link(f"{served.address}/welcome#token={served.access.first_link()}", "ann", "Ann")
    li.takes_link(ann.invites("li", "Li", role), "li")
    wang.takes_link(ann.invites("wang", "Wang", "approver"), "wang")
    return li, wang
