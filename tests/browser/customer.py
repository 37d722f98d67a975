"""A customer at a telephone, in the lender's own channel: what they fill in, read, agree to, sign and pay."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from axe import source, violations
from console_pages import words

SHOTS = os.environ.get("TANDEM_TEST_SHOTS")


class Hand:
    """Somebody at ``page``, or at a frame of it, who says what they read in their own language."""

    def __init__(self, page, language):
        self.page, self.language = page, language

    def word(self, key, **given):
        return words(self.language, f"my:{key}", **given)

    def button(self, key, **given):
        return self.page.get_by_role("button", name=self.word(key, **given), exact=True)

    def presses(self, key, **given):
        self.button(key, **given).click()

    def reads(self, key, **given):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.word(key, **given))

    def looks(self, name):
        """Nothing here keeps anybody out, nothing is cut off at the side."""
        assert violations(self.page, source()) == []
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if SHOTS:
            self.page.screenshot(path=f"{SHOTS}/{name}-{self.language}.png")

    def fills(self, *, age="34", income="9000", amount=None):
        """The questions of the form; ``amount`` where the invitation names none."""
        answers = [age, income] if amount is None else [amount, age, income]
        for place, answer in enumerate(answers):
            self.page.get_by_role("textbox").nth(place).fill(answer)
        self.presses("apply.do")

    def chooses_plan(self, place=0):
        """One of the plans that are offered, and on to what it costs."""
        self.page.get_by_role("radio").nth(place).check()
        self.presses("offer.read")

    def confirms(self):
        """The table of costs, as soon as its time is over."""
        confirm = self.page.get_by_role("button", name=self.word("reading.confirm"))
        expect(confirm).to_be_enabled(timeout=10_000)
        confirm.click()

    def agrees(self):
        """To everything that is asked, one by one."""
        for place in (1, 2):
            expect(self.page.get_by_text(self.word("consent.of", place=place, of=2))).to_be_visible()
            self.presses("consent.agree")

    def pays(self, amount=None):
        """On the page of the account: what the sheet proposes, or ``amount``."""
        self.presses("account.pay")
        sheet = self.page.get_by_role("dialog")
        if amount is not None:
            sheet.get_by_role("textbox").fill(amount)
        sheet.get_by_role("button", name=re.compile(r"\d\.\d\d")).click()
        expect(sheet.get_by_role("status")).to_be_visible()
        self.presses("pay.close")
        expect(sheet).to_have_count(0)
