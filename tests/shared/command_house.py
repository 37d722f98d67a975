"""A workspace folder for tests of commands: the starter, whatever else is to be live, and ``tandem`` run in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from http_face import application

from tandem.act.lending import Account, LendingDesk
from tandem.act.products import Shelf
from tandem.decide.decisions import ARTEFACT_FOLDERS, open_process
from tandem.faces.cli import main
from tandem.faces.cli.starting import write_starter
from tandem.kernel.artefacts import Artefact, load_workspace, write_artefact
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock, format_instant

__all__ = ["CommandHouse"]


class CommandHouse:
    """The folder ``lender``, with its starter and ``more`` written and released; ``run`` is the command line in it.

    Args:
        monkeypatch, capsys: of the test.
    """

    def __init__(self, folder: Path, monkeypatch: Any, capsys: Any, more: Sequence[Artefact] = ()) -> None:
        self.folder = folder / "lender"
        self._monkeypatch, self._capsys = monkeypatch, capsys
        write_starter(self.folder, "lender")
        for one in more:
            write_artefact(self.folder, ARTEFACT_FOLDERS[one.kind], one)
        for name in [name for name in os.environ if name.startswith("TANDEM_")]:
            monkeypatch.delenv(name)
        monkeypatch.chdir(self.folder)
        artefacts = list(load_workspace(self.folder, ARTEFACT_FOLDERS).artefacts.values())

        def release(process: Any) -> None:
            process.push(artefacts, author="ann")
            process.review([one.digest for one in artefacts], approver="bob")
            process.release({one.key: one.digest for one in artefacts}, by="bob")

        self.inside(release)

    def run(self, *words: object) -> tuple[int, str, str]:
        """``tandem`` with ``words``: exit code, standard output, standard error."""
        self._monkeypatch.setattr(sys, "argv", ["tandem", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = self._capsys.readouterr()
        return code, out, err

    def inside(self, do: Callable[[Any], Any]) -> Any:
        """What ``do`` gives with the workspace's process, which is closed again."""
        process = open_process(Settings(home=self.folder / ".tandem"), "lender")
        try:
            return do(process)
        finally:
            process.close()

    def sign(self, name: str, amount_minor: int = 120_000) -> Account:
        """A loan over a year, applied for and signed today."""

        def do(process: Any) -> Account:
            event = {**application(name), "occurred_at": format_instant(SystemClock().now())}
            decided = process.decide_now(event)
            desk = LendingDesk(process, Shelf(process, SystemClock()), clock=SystemClock())
            assert decided.decision_id is not None, "the starter decides on it"
            return desk.accept(decided.decision_id, term=12, amount_minor=amount_minor, by="shop").account

        signed: Account = self.inside(do)
        return signed
