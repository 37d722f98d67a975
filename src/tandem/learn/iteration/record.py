"""The log book: what a day came to, in sentences a risk officer reads over coffee, in English and Chinese.

A page is written from the run alone, so it says the same whenever it is printed, and nothing that the run does not hold. Every
figure stands with its interval and the number of outcomes it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from tandem.learn.iteration.accepting import acceptable
from tandem.learn.iteration.states import Run
from tandem.learn.iteration.words import WORDS, Language, word

__all__ = ["headline_of", "render_log", "render_page"]

_INNER = "  - "

_Facts: TypeAlias = dict[str, Any]


def render_log(runs: Iterable[Run], language: Language = "en") -> str:
    """The pages of ``runs``, one after the other, as Markdown, after a summary of them all."""
    kept = list(runs)
    return "\n".join([*_summary(kept, language), *(render_page(run, language) for run in kept)])


def render_page(run: Run, language: Language = "en") -> str:
    """The page of one day, as Markdown: a headline, what was found, what was done, and where to look it up."""
    say = WORDS[language]
    lines = [f"## {run.day} · {headline_of(run, language)}", ""]
    lines += [one if one.startswith(_INNER) else f"- {one}" for part in _PARTS for one in part(run, language)]
    previous = run.previous[:12] or say["first_page"]
    lines += ["", say["foot"].format(run=run.digest[:12], previous=previous, plan=run.plan_digest[:12]), ""]
    return "\n".join(lines)


def _summary(runs: list[Run], language: Language) -> Iterator[str]:
    """What came of all days together, and the days on which something happened."""
    if not runs:
        return
    say = WORDS[language]
    yield f"# {say['title'].format(plan=runs[-1].plan)}\n"
    yield say["summary"].format(
        days=len(runs),
        first=runs[0].day,
        last=runs[-1].day,
        refused=sum(run.step("gate").verdict == "refused" for run in runs),
        noted=sum(run.step("gate").verdict == "noted" for run in runs),
        promoted=sum(run.step("decide").facts["move"] == "promote" for run in runs),
        back=sum(run.step("decide").facts["move"] == "roll_back" for run in runs),
    )
    for run in runs:
        if run.step("decide").facts["move"] != "stay" or run.step("gate").verdict == "refused":
            yield f"- {run.day} · {headline_of(run, language)}"
    yield ""


def headline_of(run: Run, language: Language) -> str:
    """The day in a few words."""
    facts = run.step("decide").facts
    move = facts["move"]
    key = f"headline_{move}"
    if run.step("gate").verdict == "refused" and move == "stay":
        key = "headline_refused"
    elif run.step("release").verdict == "refused":
        key = "headline_not_released"
    elif move == "stay" and "flight" in facts:
        key = f"headline_{facts['flight']['stage']}"
    return WORDS[language][key].format(**_flight_words(facts, language))


def _flight_words(facts: _Facts, language: Language) -> dict[str, str]:
    flight = facts.get("flight") or {}
    return {
        "name": word(language, "candidate", flight.get("name", "")),
        "share": f"{flight.get('share', 0):g} %",
        "days": str(flight.get("days", 0)),
        "born": str(flight.get("born", "")),
        "who": str(facts.get("who") or flight.get("who") or ""),
        "words": str(facts.get("words", "")),
        "why": _codes(facts.get("why", ()), language),
    }


def _came(run: Run, language: Language) -> Iterator[str]:
    facts, say = run.step("take").facts, WORDS[language]
    yield say["came"].format(
        decided=_count(facts["decided"]), told=_count(facts["told"]), bads=_count(facts["told_bads"])
    )
    yield say["window"].format(
        mature=_count(facts["mature"]), bads=_count(facts["mature_bads"]), immature=_count(facts["immature"])
    ) + (say["set_aside"].format(rows=_count(facts["quarantined"])) if facts["quarantined"] else "")
    for one in facts["lifted"]:
        yield say["lifted"].format(day=one["day"], by=one["by"], why=one["why"], at=one["at"])
    for one in facts["let_on"]:
        key = "let_on_lapsed" if one["lapsed"] else "let_on"
        name = word(language, "candidate", one["name"])
        yield say[key].format(name=name, day=one["day"], by=one["by"], why=one["why"], at=one["at"])
    if facts["adopted"]:
        yield say["adopted"]


def _gate(run: Run, language: Language) -> Iterator[str]:
    record, say = run.step("gate"), WORDS[language]
    if record.verdict == "skipped":
        yield say["gate_skipped"]
        return
    yield say[f"gate_{record.verdict}"]
    for one in record.facts["findings"]:
        mark = say["hard"] if one["severity"] == "hard" else say["warn"]
        yield f"  - {mark} {one['zh'] if language == 'zh-CN' else one['en']}"
    for kind in record.facts["quarantine"]:
        yield "  - " + say[f"quarantine_{kind}"]
    if record.facts["quarantine"]:
        yield "  - " + say["look_at_it"].format(owner=run.step("take").facts["owner"], plan=run.plan, day=run.day)


def _watch(run: Run, language: Language) -> Iterator[str]:
    record, say = run.step("watch"), WORDS[language]
    champion = record.facts.get("champion")
    if champion is None or "value" not in champion:
        yield say["watch_skipped"] if champion is None else say["watch_nothing"]
        return
    yield say["champion"].format(
        value=_interval(champion["value"]),
        bads=_count(champion["bads"]),
        rows=_count(champion["rows"]),
        calibration=_interval(champion["calibration"], 2),
    )
    before = record.facts.get("predecessor")
    if before is None:
        return
    if "paired" in before:
        yield say["predecessor"].format(**_paired(before["paired"]))
    else:
        yield say["predecessor_early"].format(bads=_count(before["own_bads"]))
    if record.verdict == "refused":
        yield say["take_back"].format(why=_codes(record.facts["codes"], language))


def _train(run: Run, language: Language) -> Iterator[str]:
    record, say = run.step("train"), WORDS[language]
    facts = record.facts
    if record.verdict == "skipped":
        yield say["train_skipped"].format(why=_codes(facts["codes"], language))
        return
    names = ", ".join(f"{word(language, 'candidate', name)} ({family})" for name, family in facts["families"].items())
    yield say["trained"].format(
        names=names,
        rows=_count(facts["rows"]),
        bads=_count(facts["bads"]),
        first=facts["days"][0],
        last=facts["days"][1],
    )
    for name, code in facts["failed"].items():
        yield say["not_trained"].format(name=word(language, "candidate", name), code=code)


def _compare(run: Run, language: Language) -> Iterator[str]:
    record, say = run.step("compare"), WORDS[language]
    if record.verdict == "skipped":
        return
    facts = record.facts
    for name, found in facts["candidates"].items():
        yield say["compared"].format(
            name=word(language, "candidate", name),
            candidate=_interval(found["candidate"]),
            champion=_interval(found["champion"]),
            calibration=f"{found['candidate_calibration']:.2f}",
            rule=word(language, "why", facts["rules"][name]),
            **_paired(found),
        )
    if "one_at_a_time" in facts["codes"]:
        yield say["one_at_a_time"]


def _check(run: Run, language: Language) -> Iterator[str]:
    record, say = run.step("check"), WORDS[language]
    if record.verdict == "skipped":
        return
    name = word(language, "candidate", record.facts["challenger"])
    if record.verdict == "refused":
        yield say["check_refused"].format(name=name, why=_codes(record.facts["codes"], language))
        if "challenger" in acceptable(run):
            yield _INNER + say["look_at_challenger"].format(
                owner=run.step("take").facts["owner"], plan=run.plan, day=run.day
            )
    else:
        yield say["check_passed"].format(name=name)
    for one in record.facts.get("findings", ()):
        yield "  - " + (one["zh"] if language == "zh-CN" else one["en"])


def _tune(run: Run, language: Language) -> Iterator[str]:
    """What the look at every number of the policy came to."""
    say = WORDS[language]
    for one in run.step("tune").facts.get("thresholds", ()):
        (code,) = one["codes"]
        words = {"at": one["at"], "stands": _number(one.get("stands")), "proposed": _number(one.get("proposed"))}
        words |= {"who": one.get("who", ""), "words": one.get("words", ""), "draft": str(one.get("draft", ""))[:12]}
        best = one.get("best")
        if best is None:
            if code != "no_look_today":
                yield say["tuned_not"].format(why=say[f"tune_{code}"].format(**words), **words)
            continue
        words |= {"value": _number(best["value"])}
        yield say["tuned"].format(
            tried=one["tried"],
            decisions=_count(best["decisions"]),
            first=one["days"][0],
            last=one["days"][1],
            gained=_outcomes(best["gained"], language),
            lost=_outcomes(best["lost"], language),
            shift=f"{100 * best['shift']:+.2f}",
            all_good=_worth(best["all_good"]),
            all_bad=_worth(best["all_bad"]),
            unknown=f"{100 * best['unknown']:.0f} %",
            strict=f"{best['strict_low']:+.2f}",
            look=str(best["look"]),
            why=say[f"tune_{code}"].format(**words),
            **words,
        )


def _shadow(run: Run, language: Language) -> Iterator[str]:
    record, say = run.step("shadow"), WORDS[language]
    if record.verdict == "skipped":
        return
    facts = record.facts
    found = facts["beside_champion"]
    yield say[f"beside_{facts['stage']}"].format(
        name=word(language, "candidate", facts["challenger"]), day=facts["day"], share=f"{facts['share']:g} %"
    ) + say["beside"].format(
        decisions=_count(found["decisions"]),
        shift=_points(found["shift"], found["low"], found["high"]),
        changed=f"{100 * found['changed']:.2f} %",
        psi=f"{found['psi']:.3f}",
        validated=f"{100 * facts['beside_validated']['shift']:+.2f}",
    )


def _decide(run: Run, language: Language) -> Iterator[str]:
    facts, say = run.step("decide").facts, WORDS[language]
    yield say[f"move_{facts['move']}"].format(**_flight_words(facts, language))
    released = run.step("release")
    if released.verdict == "refused":
        yield say["not_released"].format(code=", ".join(released.facts["codes"]), words=released.facts["words"])
    live = released.facts["live"]
    yield say["live"].format(model=live["model"][:12], since=live["since"], release=released.outputs["release"][:12])


_PARTS = (_came, _gate, _watch, _train, _compare, _check, _tune, _shadow, _decide)


def _paired(found: _Facts) -> dict[str, str]:
    return {
        "difference": f"{found['difference']:+.4f}",
        "low": f"{found['low']:+.4f}",
        "high": f"{found['high']:+.4f}",
        "strict": f"{found['strict_low']:+.4f}",
        "look": str(found["look"]),
        "bads": _count(found["bads"]),
    }


def _codes(codes: Iterable[str], language: Language) -> str:
    return word(language, "joint", "").join(word(language, "why", one) for one in codes)


def _outcomes(found: list[int], language: Language) -> str:
    good, bad, unknown = (_count(one) for one in found)
    return WORDS[language]["outcomes"].format(good=good, bad=bad, unknown=unknown)


def _worth(found: list[float]) -> str:
    value, low, high = (f"{one:+.2f}" for one in found)
    return f"{value} ({low} – {high})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _count(value: int) -> str:
    return f"{value:,}"


def _interval(found: list[float], digits: int = 3) -> str:
    value, low, high = (f"{one:.{digits}f}" for one in found)
    return f"{value} ({low} – {high})"


def _points(value: float, low: float, high: float) -> str:
    return f"{100 * value:+.2f} ({100 * low:+.2f} – {100 * high:+.2f})"
