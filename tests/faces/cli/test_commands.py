"""The command line as people and scripts use it, from init to explanation."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from tandem.faces.cli import main
from tandem.faces.cli.access import opened_process
from tandem.faces.cli.starting import write_starter
from tandem.kernel.errors import Conflict, InvalidInput


class Shell:
    """Runs ``tandem`` in this process, in a folder of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        self._monkeypatch.setattr(sys, "argv", ["tandem", *words])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *words: str) -> object:
        code, out, err = self(*words, "--json")
        assert code in {0, 1}, err
        return json.loads(out)


@pytest.fixture
def tandem(monkeypatch, capsys, tmp_path):
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    write_starter(tmp_path / "lender", "lender")
    monkeypatch.chdir(tmp_path / "lender")
    return Shell(monkeypatch, capsys)


@pytest.fixture
def live(tandem):
    tandem("push", "--by", "ann")
    tandem("review", "--all", "--by", "bob")
    tandem("release", "--by", "bob")
    return tandem


def test_the_tour_of_a_newcomer_from_push_to_explanation(tandem):
    pushed = tandem.json("push", "--by", "ann")
    assert {one["state"] for one in pushed["artefacts"]} == {"draft"}
    assert tandem.json("review", "--all", "--by", "bob")["artefacts"]
    assert len(tandem.json("release", "--by", "bob")["release"]) == 64
    answer = tandem.json("decide", "data/application.json")
    assert answer["outcome"] == "approve"
    assert tandem.json("explain", "app-0001")["agrees"] is True
    assert tandem.json("replay", "app-0001")["same"] is True
    code, out, _ = tandem("explain", "app-0001")
    assert code == 0
    assert "too_young" in out
    assert "high_burden" in out


def test_a_letter_is_written_only_where_there_is_something_to_tell(live):
    live.json("decide", "data/application.json")
    code, out, err = live("letter", "app-0001", "--lang", "zh-CN")
    assert code != 0
    assert out == ""
    assert "gave what was asked for" in err


def test_an_import_accounts_for_every_row_and_can_be_repeated(live):
    dry = live.json("ingest", "data/history.csv", "--mapping", "applications", "--dry-run")
    assert (dry["accepted"], dry["rejected"]) == (3, 0)
    first = live.json("ingest", "data/history.csv", "--mapping", "applications")
    again = live.json("ingest", "data/history.csv", "--mapping", "applications")
    assert (first["accepted"], again["duplicates"], again["reconciles"]) == (3, 3, True)
    Path("data/bad.csv").write_text(
        "application_id,applied_at,customer,device,amount,months,income,age\nx,never,c,d,1,12,1,30\n"
    )
    code, out, _ = live("ingest", "data/bad.csv", "--mapping", "applications", "--json")
    assert (code, json.loads(out)["rejected"]) == (1, 1)


def test_cases_are_listed_counted_and_shown(live, tmp_path):
    document = json.loads(Path("data/application.json").read_text(encoding="utf-8"))
    del document["values"]["income_minor"]  # without it the policy asks for a person
    event = tmp_path / "no-income.json"
    event.write_text(json.dumps({**document, "event_id": "no-income"}), encoding="utf-8")
    assert live.json("decide", str(event))["outcome"] == "review"
    (case,) = live.json("cases", "list")["cases"]
    assert (case["number"], case["state"], case["queue"]) == (1, "open", "review")
    assert live.json("cases", "list", "--counts")["queues"][-1]["open"] == 1
    assert live.json("cases", "list", "--text", "nobody")["cases"] == []
    assert [one["change"] for one in live.json("cases", "show", case["case_id"])["timeline"]] == ["opened"]
    code, out, _ = live("cases", "show", case["case_id"])
    assert code == 0
    assert "Opened in Review by a decision of application." in " ".join(out.split())


def test_a_policy_is_attacked_and_a_draft_compared_with_it(live):
    kinds = live.json("attack")["kinds"]
    assert {"group_loan", "adaptive"} <= {one["kind"] for one in kinds}
    words = ("attack", "mass_application", "--event-type", "application", "--customers", "200", "--days", "4")
    first = live.json(*words)
    assert first["report"]["simulated"]
    policy = next(Path("policies").glob("*.yaml"))
    policy.write_text(policy.read_text("utf-8").replace("age < 18", "age < 40"), "utf-8")
    second = live.json(*words, "--against", ".", "--before", first["run"]["attack_id"])
    assert second["run"]["drafts"] == [f"policy/{policy.stem}"]
    assert second["report"]["attempts"]["declined"] > first["report"]["attempts"]["declined"]
    assert second["comparison"]["words"]
    code, _, err = live("attack", "gruop_loan", "--event-type", "application")
    assert code == 4
    assert "group_loan" in err


def test_lists_change_and_count_at_once(live):
    assert live.json("lists", "add", "blocked_devices", "device-9", "--reason", "ring")["added"] == 1
    assert live.json("decide", "data/application.json")["outcome"] == "decline"
    assert live.json("lists", "remove", "blocked_devices", "device-9")["removed"] == 1
    Path("bad.csv").write_text("identifier,reason\nd-1,seen\nd-2,seen\n")
    assert live.json("lists", "load", "blocked_devices", "bad.csv")["added"] == 2
    assert len(live.json("lists", "show", "blocked_devices")["entries"]) == 2


def test_the_journal_is_verified_and_a_change_in_it_is_found(live):
    live("decide", "data/application.json")
    assert live.json("journal", "verify")["sound"] is True
    database = Path(".tandem/journal.db")
    content = database.read_bytes()
    place = content.rindex(b"approve")
    database.write_bytes(content[:place] + b"declin3" + content[place + 7 :])
    code, out, _ = live("journal", "verify", "--json")
    assert (code, json.loads(out)["sound"]) == (1, False)


def test_a_backup_is_restored_elsewhere(live, monkeypatch, tmp_path):
    live("decide", "data/application.json")
    assert live.json("journal", "backup", str(tmp_path / "copy"))["records"] >= 5
    (tmp_path / "new" / "keys").mkdir(parents=True)
    key = tmp_path / "new" / "keys" / "master.key"
    key.write_bytes(Path(".tandem/keys/master.key").read_bytes())
    key.chmod(0o600)
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "new"))
    live("journal", "restore", str(tmp_path / "copy"))
    assert live.json("replay", "app-0001")["same"] is True


def test_the_book_is_backed_up_exported_and_asked_while_a_server_has_it_open(live, tmp_path):
    live("decide", "data/application.json")
    with opened_process(Path()) as process:
        assert live.json("journal", "backup", str(tmp_path / "copy"))["records"] == process.journal.head.seq
        assert live.json("journal", "export", str(tmp_path / "book.jsonl"))["records"] == process.journal.head.seq
        assert live.json("sql", "SELECT count(*) AS n FROM decisions")["rows"] == [{"n": 1}]


def test_an_erased_person_cannot_be_read_and_the_chain_stays_sound(live):
    live("decide", "data/application.json")
    assert live("erase", "person", "customer-17", "--yes")[0] == 0
    assert live.json("explain", "app-0001")["erased"] is True
    assert live.json("journal", "verify")["sound"] is True


def test_the_lake_answers_sql(live):
    live("decide", "data/application.json")
    found = live.json("sql", "SELECT outcome, count(*) AS n FROM decisions GROUP BY outcome")
    assert found["rows"] == [{"outcome": "approve", "n": 1}]
    assert live.json("metric", "approval_rate", "--by", "policy")["points"][0]["value"] == 1
    code, _, err = live("sql", "SELECT * FROM decision")
    assert code == 4
    assert "decisions" in err


def test_a_diff_names_the_place_that_changed(live):
    policy = Path("policies/application.yaml")
    policy.write_text(policy.read_text().replace("age < 18", "age < 21"))
    (difference,) = live.json("diff")["differences"]
    assert difference["artefact"] == "policy/application"
    assert "age < 21" in json.dumps(difference["fields"])


def test_what_an_entity_is_known_for(live):
    live("decide", "data/application.json")
    found = live.json("features", "of", "device", "device-9", "--at", "2026-11-24T08:00:00Z")
    assert found["features"]["device_applications_1h"] == 1


def test_the_catalogue_tells_of_every_feature_and_what_is_ready(live):
    listed = live.json("features", "list", "device", "--entity", "device")["features"]
    assert "device_applications_1d" in {one["name"] for one in listed}
    assert all(one["entity"] == ["device"] for one in listed)
    _, out, _ = live("features", "show", "device_applications_1d")
    assert "number of application events" in out.lower()
    ready = {one["name"]: one for one in live.json("features", "ready")["sets"]}
    assert ready["application_person_device"]["features"]


def test_a_ready_set_is_written_and_its_features_are_there_once_it_is_released(live):
    made = live.json("features", "draft", "application_person_device")
    assert Path(made["file"]).read_text().startswith("name: application_person_device\nuse: library/")
    assert live("features", "draft", "application_person_device")[0] == 5
    live("push", "--by", "ann")
    live("review", "--all", "--by", "bob")
    live("release", "--by", "bob")
    found = live.json("features", "list", "--entity", "person", "--event-type", "application")["features"]
    assert "person_device_applications_before" in {one["name"] for one in found}


def test_failures_say_what_where_and_remedy_and_have_their_codes(live):
    code, out, err = live("decide", "missing.json")
    assert (code, out) == (4, "")
    assert err.startswith("what ")
    code, _, err = live("decide", "missing.json", "--json")
    assert json.loads(err)["code"] == "no_file"
    Path("half.json").write_text('{"event_id": "a"')
    code, _, err = live("decide", "half.json")
    assert code == 3
    assert "ends before" in err
    code, _, err = live("explain", "nobody")
    assert code == 4
    assert "Traceback" not in err
    code, _, err = live("release", "--by", "bob")
    assert code == 5


def test_a_server_that_has_the_workspace_open_is_asked_instead(live):
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", "from tandem.faces.cli import main; main()", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as server:
        address = json.loads(server.stdout.readline())["address"]
        try:
            assert live.json("decide", "data/application.json", "--server", address)["outcome"] == "approve"
            code, _, err = live("replay", "--all")
            assert code == 6
            assert "journal_in_use" in err
        finally:
            server.terminate()
            assert server.wait(timeout=60) == 0
    assert live.json("replay", "--all")["same"] == 1


def test_the_nightly_check_tells_what_it_looked_at_and_leaves_a_metric(live, tmp_path):
    live.json("decide", "data/application.json")
    found = live.json("check", "features", "--share", "1", "--metrics", str(tmp_path / "tandem.prom"))
    assert found["sound"] is True
    assert (found["decisions"], found["mismatch"]) == (1, None)
    told = (tmp_path / "tandem.prom").read_text()
    assert "tandem_feature_check_mismatch 0.0" in told
    assert f"tandem_feature_check_values {float(found['values'])}" in told


def test_every_command_shows_an_example(tandem):
    code, out, _ = tandem("--help")
    assert code == 0
    names = ["serve", "demo", "init", "push", "pull", "diff", "review", "release", "rollback", "ingest", "decide", "explain",
             "letter", "replay", "sql", "metric", "erase"]  # fmt: skip
    nested = [["model", "train"], ["model", "evaluate"], *(["features", one] for one in ("list", "show", "of", "ready", "draft")), ["lists", "add"], ["lists", "remove"], ["lists", "load"],
              ["check", "features"], ["journal", "verify"], ["journal", "backup"], ["journal", "restore"], ["journal", "export"]]  # fmt: skip
    for words in [*([name] for name in names), *nested]:
        code, out, _ = tandem(*words, "--help")
        assert code == 0
        assert "Examples" in out, words
        assert f"tandem {' '.join(words)}" in out, words


def test_the_starter_is_never_written_over_something(tmp_path):
    write_starter(tmp_path / "a", "My Lender!")
    assert "name: my_lender" in (tmp_path / "a" / "workspace.yaml").read_text()
    with pytest.raises(Conflict):
        write_starter(tmp_path / "a", "again")
    with pytest.raises(InvalidInput):
        write_starter(tmp_path / "b", "123")


def test_the_command_starts_without_the_heavy_libraries():
    code = "import sys; from tandem.faces.cli.commands import build; build(); print([m for m in ('fastapi', 'lightgbm', 'duckdb', 'pyarrow', 'sklearn', 'uvicorn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_model_is_trained_judged_and_registered_without_code(live):
    # Real applications (modeldata), the first thousand, so that the test stays short.
    source = Path(__file__).parents[3] / "examples" / "data" / "modeldata_credit" / "credit_data.csv.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        Path("loans.csv").write_text("".join(islice(lines, 1_001)))
    trained = live.json(
        "model", "train", "loans.csv", "--target", "Status", "--positive", "bad", "--name", "risk", "--register"
    )
    assert len(trained["registered"]) == 64
    assert Path("docs/risk-report/report.html").read_text().startswith("<!doctype html>")
    judged = live.json("model", "evaluate", "models/risk.json", "loans.csv")
    assert judged["figures"]["auc"]["value"] > 0.7
    code, out, _ = live("model", "evaluate", "docs/risk-report/scorecard.json", "loans.csv")
    assert code == 0
    assert "AUC" in out
    states = {one["name"]: one["state"] for one in live.json("review", "model/risk", "--by", "bob")["artefacts"]}
    assert states == {"risk": "reviewed"}
