"""A reason for every input, so that the map from model to words is total."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.learn.training.binning import BinEdit
from tandem.learn.training.spec import ReasonText

__all__ = ["read_bin_edits", "read_reasons", "reason_codes", "reason_of"]

_Kind = TypeVar("_Kind")
_WORD_EDGE = re.compile(r"[^0-9A-Za-z]+|(?<=[a-z])(?=[A-Z])")


def read_reasons(path: Path | str) -> dict[str, ReasonText]:
    """Reasons of one's own from a YAML (or JSON) file: column to ``code``, ``en`` and ``zh``.

    Raises:
        NotFound: no such file.
        InvalidInput: not a mapping of that form.
    """
    hint = "write, per column: {code: TERM_LONG, en: The term is long, zh: 期限较长}"
    return _read(path, dict[str, ReasonText], "reasons", hint)


def read_bin_edits(path: Path | str) -> tuple[BinEdit, ...]:
    """Changes of bins from a YAML (or JSON) file: a list, in order.

    Raises:
        NotFound: no such file.
        InvalidInput: not a list of that form.
    """
    hint = "write a list of {input: income, action: merge, at: [1200], who: Mei, reason: too few rows}"
    return _read(path, tuple[BinEdit, ...], "bin_edits", hint)


def _read(path: Path | str, kind: type[_Kind], field: str, hint: str) -> _Kind:
    file = Path(path)
    if not file.is_file():
        raise NotFound("No such file.", code="file_not_found", field=field, value=str(file))
    try:
        loaded = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        return msgspec.convert(loaded, kind)
    except (YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput(
            f"Not a file of {field.replace('_', ' ')}: {error}",
            code=f"invalid_{field}",
            field=field,
            value=file.name,
            hint=hint,
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
