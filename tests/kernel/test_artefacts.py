from __future__ import annotations

import pytest

from tandem.kernel.artefacts import (
    Artefact,
    ArtefactKey,
    ArtefactRegister,
    ArtefactState,
    decode_change,
    diff_artefacts,
    encode_change,
    load_workspace,
    parse_yaml,
    write_artefact,
)
from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput, NotFound, Refused
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros

RULES_1 = Artefact.of("policy", "loan", {"rules": [{"id": "a", "when": "age < 18"}]})
RULES_2 = Artefact.of("policy", "loan", {"rules": [{"id": "a", "when": "age < 21"}]})
RULES_3 = Artefact.of("policy", "loan", {"rules": [{"id": "a", "when": "age < 23"}]})
PERSON = Artefact.of("event_type", "application", {"fields": []})


def live(
    register: ArtefactRegister, *artefacts: Artefact, at: int = 0, author: str = "ann", approver: str = "bob"
) -> None:
    pushed = register.push(artefacts, author=author)
    if pushed is not None:
        register.apply(pushed, Micros(at))
    register.apply(register.review([one.digest for one in artefacts], approver=approver), Micros(at))
    register.apply(register.release({one.key: one.digest for one in artefacts}, by=approver), Micros(at))


def test_the_same_content_has_the_same_digest_whatever_the_order_of_its_names():
    assert (
        Artefact.of("policy", "loan", {"a": 1, "b": 2}).digest == Artefact.of("policy", "loan", {"b": 2, "a": 1}).digest
    )


def test_another_kind_or_name_is_another_digest():
    digests = {Artefact.of(kind, name, {}).digest for kind in ("policy", "model") for name in ("a", "b")}
    assert len(digests) == 4


def test_a_version_goes_from_draft_to_reviewed_to_live_to_retired():
    register = ArtefactRegister()
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    assert register.state_of(RULES_1.digest) is ArtefactState.DRAFT
    register.apply(register.review([RULES_1.digest], approver="bob"), Micros(2))
    assert register.state_of(RULES_1.digest) is ArtefactState.REVIEWED
    register.apply(register.release({RULES_1.key: RULES_1.digest}, by="bob"), Micros(3))
    assert register.state_of(RULES_1.digest) is ArtefactState.LIVE
    live(register, RULES_2, at=4)
    assert register.state_of(RULES_1.digest) is ArtefactState.RETIRED
    assert register.state_of(RULES_2.digest) is ArtefactState.LIVE


def test_a_version_sent_back_cannot_go_live_until_somebody_approves_it_after_all():
    register = ArtefactRegister()
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    register.apply(register.review([RULES_1.digest], approver="bob"), Micros(2))
    sent_back = register.decline([RULES_1.digest], by="eve", reason="age 18 is too strict ")
    register.apply(decode_change(encode_change(sent_back)), Micros(3))
    assert register.state_of(RULES_1.digest) is ArtefactState.DECLINED
    assert register.version(RULES_1.digest).decline.reason == "age 18 is too strict"
    with pytest.raises(Refused, match="eve sent policy/loan back: age 18 is too strict"):
        register.release({RULES_1.key: RULES_1.digest}, by="bob")
    register.apply(register.review([RULES_1.digest], approver="bob"), Micros(4))
    assert register.state_of(RULES_1.digest) is ArtefactState.REVIEWED
    register.apply(register.release({RULES_1.key: RULES_1.digest}, by="bob"), Micros(5))
    with pytest.raises(Conflict, match="has been live"):
        register.decline([RULES_1.digest], by="eve", reason="late")


def test_sending_back_needs_a_reason():
    register = ArtefactRegister()
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    with pytest.raises(InvalidInput) as refused:
        register.decline([RULES_1.digest], by="eve", reason="  ")
    assert refused.value.field == "reason"


def test_pushing_what_is_already_the_newest_changes_nothing():
    register = ArtefactRegister()
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    assert register.push([RULES_1], author="ann") is None


def test_an_unreviewed_version_cannot_go_live():
    register = ArtefactRegister()
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    with pytest.raises(Refused) as refused:
        register.release({RULES_1.key: RULES_1.digest}, by="ann")
    assert refused.value.code == "not_reviewed"
    assert register.live is None


def test_with_four_eyes_an_author_cannot_approve_their_own_version():
    register = ArtefactRegister(four_eyes=True)
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    with pytest.raises(Refused, match="ann wrote policy/loan"):
        register.review([RULES_1.digest], approver="ann")
    register.apply(register.review([RULES_1.digest], approver="bob"), Micros(2))


def test_a_release_is_put_on_top_of_what_is_live():
    register = ArtefactRegister()
    live(register, RULES_1, PERSON)
    live(register, RULES_2, at=1)
    assert register.live.manifest == {"policy/loan": RULES_2.digest, "event_type/application": PERSON.digest}


def test_rolling_back_restores_the_release_before_and_can_be_undone():
    register = ArtefactRegister()
    live(register, RULES_1)
    first = register.live
    live(register, RULES_2, at=1)
    second = register.live
    register.apply(register.roll_back(by="bob"), Micros(2))
    assert register.live == first
    register.apply(register.roll_back(by="bob", to=second.digest), Micros(3))
    assert register.live == second
    assert [digest for _, digest, _ in register.activations] == [
        first.digest,
        second.digest,
        first.digest,
        second.digest,
    ]


def test_a_second_roll_back_goes_further_back_and_never_to_what_was_rolled_back():
    register = ArtefactRegister()
    releases = []
    for at, policy in enumerate((RULES_1, RULES_2, RULES_3)):
        live(register, policy, at=at)
        releases.append(register.live.digest)
    first, second, third = releases
    register.apply(register.roll_back(by="bob"), Micros(3))
    assert (register.live.digest, register.back_to) == (second, first)
    register.apply(register.roll_back(by="bob"), Micros(4))
    assert (register.live.digest, register.back_to) == (first, None)
    with pytest.raises(Conflict):
        register.roll_back(by="bob")
    register.apply(register.roll_back(by="bob", to=third), Micros(5))
    assert (register.live.digest, register.back_to) == (third, first)


def test_there_is_nothing_to_roll_back_to_before_a_second_release():
    register = ArtefactRegister()
    with pytest.raises(Conflict):
        register.roll_back(by="bob")
    live(register, RULES_1)
    with pytest.raises(Conflict):
        register.roll_back(by="bob")


def test_the_register_rebuilt_from_recorded_changes_is_the_same():
    register, rebuilt = ArtefactRegister(), ArtefactRegister()
    commands = [
        lambda: register.push([RULES_1, PERSON], author="ann"),
        lambda: register.review([RULES_1.digest, PERSON.digest], approver="bob"),
        lambda: register.release({RULES_1.key: RULES_1.digest}, by="bob"),
        lambda: register.push([RULES_2], author="ann"),
        lambda: register.review([RULES_2.digest], approver="bob"),
        lambda: register.release({RULES_2.key: RULES_2.digest}, by="bob"),
        lambda: register.roll_back(by="eve"),
    ]
    for at, command in enumerate(commands):
        change = command()
        register.apply(change, Micros(at))
        rebuilt.apply(decode_change(encode_change(change)), Micros(at))
    assert rebuilt.live == register.live
    assert rebuilt.activations == register.activations
    assert rebuilt.history(RULES_1.key) == register.history(RULES_1.key)


def test_a_version_pushed_again_stands_in_the_history_once_as_the_newest():
    register = ArtefactRegister()
    for artefact in (RULES_1, RULES_2, RULES_1):
        register.apply(register.push([artefact], author="ann"), Micros(1))
    assert [one.artefact for one in register.history(RULES_1.key)] == [RULES_2, RULES_1]
    assert register.latest(RULES_1.key).artefact == RULES_1


def test_an_unknown_name_is_answered_with_the_near_match():
    register = ArtefactRegister()
    register.apply(register.push([RULES_1], author="ann"), Micros(1))
    with pytest.raises(NotFound) as unknown:
        register.history(ArtefactKey("policy", "laon"))
    assert "policy/loan" in unknown.value.hint


def test_a_difference_names_the_item_by_its_id():
    (difference,) = diff_artefacts({RULES_1.key: RULES_1}, {RULES_2.key: RULES_2})
    (field,) = difference.fields
    assert (field.path, field.old, field.new) == ("rules[a].when", "age < 18", "age < 21")


def test_added_and_removed_artefacts_are_told_apart():
    kinds = {one.key.name: one.kind for one in diff_artefacts({RULES_1.key: RULES_1}, {PERSON.key: PERSON})}
    assert kinds == {"loan": "removed", "application": "added"}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "workspace.yaml").write_text("name: shop\ncurrency: CNY\n")
    (tmp_path / "policies").mkdir()
    return tmp_path


KINDS = {"policy": "policies", "model": "models"}


def test_a_folder_becomes_artefacts_named_after_their_files(folder):
    (folder / "policies" / "loan.yaml").write_text("rules:\n  - id: a\n    when: age < 18\n")
    workspace = load_workspace(folder, KINDS)
    assert workspace.artefacts[RULES_1.key] == RULES_1
    assert workspace.header.currency == "CNY"


def test_what_is_written_is_read_back_with_the_same_digest(folder):
    model = Artefact.of("model", "pd", {"weights": [0.1, -2.5e-9, 1e300], "name_of_target": "default"})
    write_artefact(folder, "models", model)
    write_artefact(folder, "policies", RULES_1)
    assert load_workspace(folder, KINDS).artefacts == {model.key: model, RULES_1.key: RULES_1}


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("policies/loan.yaml", "name: other\n", "name_differs"),
        ("policies/loan.yaml", "- a\n- b\n", "not_a_mapping"),
        ("policies/loan.yaml", "a: [1\n", "invalid_yaml"),
        ("policies/Loan!.yaml", "a: 1\n", "invalid_name"),
        ("polices/loan.yaml", "a: 1\n", "unknown_folder"),
        ("models/pd.json", "{", "invalid_json"),
        ("workspace.yaml", "name: shop\ncolour: red\n", "invalid_workspace"),
        ("workspace.yaml", "name: shop\ncurrency: NTD\n", "unknown_currency"),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused_with_its_place(folder, file, content, code):
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    with pytest.raises(DefinitionError) as refused:
        load_workspace(folder, KINDS)
    assert refused.value.code == code
    assert path.name in refused.value.at


def test_hidden_folders_beside_the_definitions_are_nobodys_definitions(folder):
    """The home of a served workspace is its own .tandem, in which a server leaves files of its own."""
    for place in (".tandem/lake.read.json", ".git/config.yaml"):
        (folder / place).parent.mkdir()
        (folder / place).write_text("{}")
    assert load_workspace(folder, KINDS).artefacts == {}


def test_a_folder_without_a_header_is_not_a_workspace(tmp_path):
    with pytest.raises(NotFound, match="not a workspace"):
        load_workspace(tmp_path, KINDS)


def test_yaml_keeps_dates_as_text_and_no_as_a_word():
    assert parse_yaml("since: 2026-01-31\ncountry: no\n", "here") == {"since": "2026-01-31", "country": "no"}


def test_yaml_cannot_make_host_objects():
    with pytest.raises(DefinitionError):
        parse_yaml("a: !!python/object/apply:os.system ['true']\n", "here")


def test_what_is_withdrawn_stays_in_its_release_and_is_out_of_force_for_good():
    register = ArtefactRegister()
    one = Artefact.of("experiment", "older", {"run": 1})
    register.apply(register.push([one], author="ann"), Micros(1))
    register.apply(register.review([one.digest], approver="bob"), Micros(1))
    register.apply(register.release({one.key: one.digest}, by="bob"), Micros(1))
    register.apply(register.withdraw([one.digest], by="system", reason="bad rate over 12 %"), Micros(1))
    assert register.live.manifest == {"experiment/older": one.digest}
    assert (register.withdrawn[one.digest].by, register.withdrawn[one.digest].reason) == (
        "system",
        "bad rate over 12 %",
    )
    with pytest.raises(Conflict):
        register.withdraw([one.digest], by="bob", reason="again")


def test_a_withdrawal_names_what_is_known_and_why():
    register = ArtefactRegister()
    with pytest.raises(NotFound):
        register.withdraw([Digest("0" * 64)], by="bob", reason="why")
    one = Artefact.of("experiment", "older", {"run": 1})
    register.apply(register.push([one], author="ann"), Micros(1))
    with pytest.raises(InvalidInput):
        register.withdraw([one.digest], by="bob", reason=" ")
