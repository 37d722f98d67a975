"""Which passwords may be chosen, and what hashing them is like."""

from __future__ import annotations

import threading

import pytest

from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.kernel.identity import SystemEntropy
from tandem.prove.access import Argon2, HashingThreads
from tandem.prove.access.passwords import PASSWORD_MAX, checked_password

NAMES = ["li.wei", "Li Wei", "happy_lender", "happy", "lender"]


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "4 odd words here",
        "wqTz9!kkU0-p",
        "天行健君子以自强不息也",
        "ÄÖÜ und viele Wörter",
        "  spaces count  ",
    ],
)
def test_long_and_unusual_is_enough(password):
    if len(password) < 12:
        password += "，是乎"
    assert checked_password(password, names=NAMES) == password


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("elevenchars", "password_too_short"),
        ("x" * (PASSWORD_MAX + 1), "password_too_long"),
        ("nul\0nul\0nul\0!", "password_not_text"),
        ("half a pair \udcff", "password_not_text"),
        ("aaaaaaaaaaaa", "password_too_common"),
        ("abababababab", "password_too_common"),
        ("123456789012", "password_too_common"),
        ("qwertyuiop12", "password_too_common"),
        ("abcdefghijklm", "password_too_common"),
        ("password1234", "password_too_common"),
        ("P@ssw0rd!2026", "password_too_common"),
        ("Welcome2026!!", "password_too_common"),
        ("iloveyou-1314", "password_too_common"),
        ("woaini5201314", "password_too_common"),
        ("adminadmin99", "password_too_common"),
        ("1qaz2wsx3edc", "password_too_common"),
        ("Li.Wei-2026!", "password_too_common"),
        ("happy_lender1", "password_too_common"),
        ("lender!lender", "password_too_common"),
    ],
)
def test_what_guessers_try_first_is_refused_and_not_repeated(password, code):
    with pytest.raises(InvalidInput) as refused:
        checked_password(password, names=NAMES)
    assert refused.value.code == code
    assert refused.value.value is None
    assert not password or password not in str(refused.value)


def test_argon2id_with_a_salt_of_its_own():
    argon2 = Argon2(SystemEntropy())
    first, second = argon2.hash("four odd words"), argon2.hash("four odd words")
    assert first.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    assert first != second
    assert argon2.verify(first, "four odd words")
    assert not argon2.verify(first, "four odd wordz")
    assert not argon2.verify("no hash at all", "four odd words")
    assert not argon2.outdated(first)
    assert argon2.outdated(Argon2(SystemEntropy(), cheap=True).hash("four odd words"))


def test_who_comes_while_too_many_wait_is_told_to_come_back():
    threads = HashingThreads(threads=1, waiting_max=3)
    go = threading.Event()
    waiting = [threads.submit(go.wait) for _ in range(3)]
    with pytest.raises(Unavailable) as refused:
        threads.submit(go.wait)
    assert refused.value.code == "sign_in_busy"
    go.set()
    assert all(one.result(10) for one in waiting)
    assert threads.submit(lambda: 7).result(10) == 7
    threads.close()
