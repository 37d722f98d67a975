"""What people do at the desks, step by step: with a customer in arrears, and with an early warning."""

from __future__ import annotations

import re

from playwright.sync_api import expect


class ArrearsPage:
    """The page of one customer in arrears; ``collector`` sits in front of it."""

    def __init__(self, collector, account):
        self.collector, self.account = collector, account
        self.side = collector.page.get_by_role("complementary", name=self.say("promise"))

    def say(self, key, **given):
        return self.collector.say(f"collections:{key}", **given)

    def opens(self):
        """From its address."""
        self.collector.goes(f"/collections/{self.account}")
        expect(self.collector.page.get_by_role("heading", level=1)).to_be_visible()

    def shows(self, key):
        """Something that the side says of a promise or an offer."""
        expect(self.side.get_by_text(self.say(key), exact=True)).to_be_visible()

    def adds_point(self, kind, value):
        """How the customer can be reached."""
        self.collector.presses("collections:add_point")
        form = self.collector.dialog()
        self.collector.chooses(self.say("kind"), self.say(f"point_kind.{kind}"), form)
        self.collector.types(value, form.get_by_role("textbox", name=self.say("value")))
        self.collector.presses("collections:save", within=form)
        expect(self.collector.dialog()).to_have_count(0)

    def takes(self):
        self.collector.presses("collections:take")
        expect(self.collector.page.get_by_role("button", name=self.say("give_back"), exact=True)).to_be_visible()

    def picks(self, channel):
        """Another way to reach them than the one that is proposed."""
        ways = self.collector.page.get_by_role("radiogroup", name=self.say("now_title"))
        self.collector.clicks(ways.get_by_text(self.say(f"channel.{channel}"), exact=True))

    def calls(self, number):
        """Gets ``number`` with a permit to use it, and they answer."""
        page = self.collector.page
        self.collector.presses("collections:call")
        expect(page.get_by_text(number)).to_be_visible()
        self.collector.presses("collections:state.answered")
        expect(page.get_by_text(self.say("state.answered"), exact=True).first).to_be_visible()

    def notes_promise(self, amount, due):
        """Of ``amount`` by ``due``, both as they are typed."""
        self.collector.types(amount, self.side.get_by_role("textbox", name=self.say("amount")))
        self.collector.types(due, self.side.get_by_label(self.say("due_on")))
        self.collector.presses("collections:promise_do", within=self.side)
        self.shows("outcome.open")

    def offers_to_settle_for(self, amount):
        """That ``amount`` settles everything."""
        self.collector.presses("collections:settlement_do", within=self.side)
        form = self.collector.dialog()
        self.collector.types(amount, form.get_by_role("textbox", name=self.say("amount")))
        self.collector.presses("collections:save", within=form)
        expect(self.collector.dialog()).to_have_count(0)

    def hears_a_yes(self):
        """To the offer that stands, which somebody else made."""
        self.collector.presses("collections:accept", within=self.side)
        self.shows("outcome.accepted")

    def may_not_hear_it(self):
        """Whoever made the offer does not say yes to it."""
        self.collector.presses("collections:accept", within=self.side)
        expect(self.side.get_by_role("alert")).to_be_visible()
        self.collector.page.errors.clear()


class WarningsPage:
    """The queue of early warnings, and the page of one; ``person`` sits in front of it."""

    def __init__(self, person):
        self.person = person
        self.grid = person.page.get_by_role("grid", name=person.say("warnings:title"))

    def opens(self, said):
        """The first warning that says ``said``."""
        self.person.goes("/warnings")
        self.person.clicks(self.grid.get_by_text(said).first)
        expect(self.person.page).to_have_url(re.compile("/warnings/warn_"))

    def takes(self):
        self.person.presses("warnings:take")
        self._is("taken")

    def acts(self, text):
        self._answers("act", text)
        self._is("acted")

    def dismisses(self, text):
        self._answers("dismiss", text)

    def _answers(self, how, text):
        page = self.person.page
        self.person.presses(f"warnings:{how}")
        self.person.types(text, page.get_by_role("textbox"))
        self.person.presses(f"warnings:{how}_do")
        expect(page.get_by_text(text)).to_be_visible()

    def _is(self, state):
        expect(self.person.page.get_by_text(self.person.say(f"warnings:states.{state}"), exact=True)).to_be_visible()
