"""The worthiest is asked first, where it can be told."""

from __future__ import annotations

from tandem.decide.connectors import Candidate, in_order, value_of_asking


def candidate(name: str, changed: int, price: int, *, tried: int = 20, stake: int | None = 1_000) -> Candidate:
    return Candidate(connector=name, price_minor=price, stake_minor=stake, changed=changed, tried=tried)


def names(*candidates: Candidate) -> list[str]:
    return [one.connector for one in in_order(candidates)]


def test_worth_is_the_chance_to_change_times_the_stake_less_the_price():
    assert value_of_asking(candidate("a", 5, 40)) == 5 / 20 * 1_000 - 40


def test_a_dear_one_goes_first_where_it_changes_enough():
    assert names(candidate("cheap", 1, 5), candidate("dear", 10, 200)) == ["dear", "cheap"]
    assert names(candidate("dear", 2, 200), candidate("cheap", 2, 5)) == ["cheap", "dear"]


def test_where_one_cannot_be_told_the_order_as_written_stands():
    assert names(candidate("a", 0, 9), candidate("b", 9, 9, tried=19)) == ["a", "b"]
    assert names(candidate("a", 0, 9, stake=None), candidate("b", 9, 9, stake=None)) == ["a", "b"]


def test_equals_stay_as_written():
    assert names(candidate("b", 5, 5), candidate("a", 5, 5)) == ["b", "a"]
