"""A reason for every input, so that the map from model to words is total."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.learn.training.spec import ReasonText

__all__ = ["read_reasons", "reason_codes", "reason_of"]

_WORD_EDGE = re.compile(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])")


def read_reasons(path: Path | str) -> dict[str, ReasonText]:
    """Reasons of one's own from a YAML (or JSON) file: column to ``code``, ``en`` and ``zh``.

    Raises:
        NotFound: no such file.
        InvalidInput: not a mapping of that form.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFound("No such file.", code="file_not_found", field="reasons", value=str(file))
    try:
        loaded = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        return msgspec.convert(loaded, dict[str, ReasonText])
    except (YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput(
            f"Not a file of reasons: {error}",
            code="invalid_reasons",
            field="reasons",
            value=file.name,
            hint="write, per column: {code: TERM_LONG, en: The term is long, zh: 期限较长}",
        ) from error


def reason_of(name: str) -> ReasonText:
    """The generated reason of the input ``name``: code ``R_<NAME>`` and plain words."""
    words = [word for word in _WORD_EDGE.split(name) if word]
    code = "_".join(word.upper() for word in words)[:60]
    label = " ".join(words).lower() if words else name
    # A name without Latin letters keeps a code of its own by its characters' numbers.
    code = code or "X" + "".join(f"{ord(c):04X}" for c in name)[:58]
    return ReasonText(code=f"R_{code}", en=f"Because of: {label or name}", zh=f"原因：{name}")


def reason_codes(names: tuple[str, ...], given: dict[str, ReasonText]) -> dict[str, ReasonText]:
    """One reason per input, given or generated; generated codes never collide."""
    result: dict[str, ReasonText] = {}
    used = {reason.code for reason in given.values()}
    for name in names:
        reason = given.get(name)
        if reason is None:
            reason = reason_of(name)
            code, number = reason.code, 2
            while code in used:
                code, number = f"{reason.code}_{number}", number + 1
            reason = ReasonText(code=code, en=reason.en, zh=reason.zh)
        used.add(reason.code)
        result[name] = reason
    return result
