"""What must hold inside a recurrent network before it may score; the same words and limits as of every other document."""

from __future__ import annotations

from tandem.decide.models.documents import GruDocument
from tandem.decide.models.faults import require, require_text, require_weight
from tandem.decide.models.limits import MAX_HIDDEN, MAX_NETWORK_INPUTS, MAX_VECTOR_NUMBERS, MAX_WIDTH
from tandem.decide.models.network_validation import check_name
from tandem.decide.models.tabular_validation import check_numbers, check_shape, check_vectors

__all__ = ["check_gru"]


def check_gru(document: GruDocument) -> None:
    """Return when names, vectors and layers of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    for name, at in ((document.metadata.name, "metadata.name"), (document.event, "event"), (document.member, "member")):
        check_name(name, at)  # the first becomes names of columns
    width, hidden = document.width, len(document.head)
    require(1 <= width <= MAX_WIDTH, f"A state has 1 to {MAX_WIDTH} numbers.", "bias", width)
    check_numbers(document.bias, width, "bias")
    _check_values(document, width)
    for at, layer in (("keep", document.keep), ("reset", document.reset), ("candidate", document.candidate)):
        check_shape(layer, width, 2 * width, at)
    require(1 <= hidden <= MAX_HIDDEN, f"The head reads 1 to {MAX_HIDDEN} numbers.", "head", hidden)
    check_numbers(document.head, hidden, "head")
    check_shape(document.outer, hidden, 2 * width, "outer")
    require_weight(document.intercept, "intercept")
    require_weight(document.expected, "expected")
    for at, reason in (("reason", document.reason), ("history_reason", document.history_reason)):
        if reason is not None:
            require_text(reason, at, empty=False)


def _check_values(document: GruDocument, width: int) -> None:
    count = len(document.values)
    require(1 <= count <= MAX_NETWORK_INPUTS, f"A network reads 1 to {MAX_NETWORK_INPUTS} values.", "values", count)
    names = {"gap", *document.inputs}
    require(len(names) == count + 1, "Two values share a name, or one is called gap.", "values")
    numbers = 0
    for at, one in (*((f"values[{place}]", one) for place, one in enumerate(document.values)), ("gap", document.gap)):
        numbers += width * len(one.vectors)
        require(
            numbers <= MAX_VECTOR_NUMBERS, f"All vectors have at most {MAX_VECTOR_NUMBERS} numbers.", f"{at}.vectors"
        )
        check_vectors(one, width, at)
    gap = document.gap
    require(gap.type == "numeric" and gap.name == "gap", "The gap is a number of seconds, called gap.", "gap", gap.name)
