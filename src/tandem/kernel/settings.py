"""Settings: one frozen object, parsed once from ``TANDEM_*``, all errors listed together, unknown names refused.

Nothing else in Tandem reads the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from tandem.kernel.errors import InvalidInput, near_match

__all__ = ["Settings", "load_settings"]

_PREFIX = "TANDEM_"
_OUTSIDE = ("TANDEM_DATA_DIR", "TANDEM_TEST_", "TANDEM_BENCHMARK_")
"""How names begin that are for tests and benchmarks: no settings of the platform, and no faults where it runs beside them."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How this process runs.

    Attributes:
        home: folder of the embedded deployment: journal, artefacts, lake, snapshots, keys.
        journal: where the journal lives: empty for SQLite under ``home``, else ``postgresql://...``.
        master_key_file: the key file, outside the database; empty for ``home/keys/master.key``.
        access: ``people`` asks everybody who they are; ``open`` nobody.
        host, port: where HTTP listens; loopback only.
        compiled: use the compiled kernels: ``auto`` (where built), ``yes`` (refuse to start without) or ``no``.
        in_flight_max: requests at work at once, above which 503 is answered.
        key_rate: requests of one API key in a minute, above which 429 is answered; an event of a batch counts as one.
        snapshot_every: records between snapshots of the online state.
        earlier_plans: sets of features and graphs of earlier releases that are kept ready to be gone back to, each with a
            state of its own; 0 keeps none, and going back to another set waits until the journal is folded anew.
        webhook_networks: networks that webhooks may reach besides the public internet, separated by commas, such as
            ``10.1.0.0/16``; ``127.0.0.0/8`` is for trying things out, also over plain http.
        connectors: who answers where a policy asks a third party: ``live`` (the vendor), ``record`` (the vendor, and every
            answer is kept), ``recorded`` (kept answers only), ``simulated`` (a SIMULATED twin) or ``off``.
        connector_networks: networks that connectors may reach besides the public internet; as ``webhook_networks``.
        connector_secrets: folder with the secrets of connectors, one file each, called like the secret.
        connector_budget_ms: longest that all questions of one decision may take together, in milliseconds.
        mail_server: ``host:port`` of the server that takes e-mail to customers; empty: none is sent.
        mail_security: ``starttls``, ``tls``, or ``none`` for a server on this very machine.
        mail_from: the address that is written from; mail_user, mail_password_file: to sign in with, where it asks.
        sms_gateway, voice_gateway: addresses that text messages and machines' calls are posted to, signed; empty: none are.
    """

    home: Path = Path(".tandem")
    journal: str = ""
    master_key_file: Path | None = None
    access: Literal["people", "open"] = "people"
    host: str = "127.0.0.1"
    port: int = 8321
    compiled: str = "auto"
    in_flight_max: int = 512
    key_rate: int = 180_000
    snapshot_every: int = 200_000
    earlier_plans: int = 2
    webhook_networks: str = ""
    connectors: Literal["live", "record", "recorded", "simulated", "off"] = "live"
    connector_networks: str = ""
    connector_secrets: Path | None = None
    connector_budget_ms: int = 800
    mail_server: str = ""
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_from: str = ""
    mail_user: str = ""
    mail_password_file: Path | None = None
    sms_gateway: str = ""
    voice_gateway: str = ""

    @property
    def compiled_wanted(self) -> bool | None:
        """True, False, or None for "where built"."""
        return {"yes": True, "no": False, "auto": None}[self.compiled]


def load_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in ``environment``.

    Raises:
        InvalidInput: names every unknown or malformed ``TANDEM_*`` at once.
    """
    fields = {field.name: field for field in msgspec.structs.fields(Settings)}
    given: dict[str, object] = {}
    faults: list[str] = []
    for variable, text in environment.items():
        if not variable.startswith(_PREFIX) or variable.startswith(_OUTSIDE):
            continue
        name = variable.removeprefix(_PREFIX).lower()
        if name not in fields:
            hint = near_match(variable, [_PREFIX + known.upper() for known in fields])
            faults.append(f"{variable} is not a setting" + (f" ({hint})" if hint else ""))
            continue
        try:
            given[name] = _convert(name, text)
        except (ValueError, TypeError) as error:
            faults.append(f"{variable}={text!r}: {error}")
    if faults:
        raise InvalidInput(
            "The settings cannot be used: " + "; ".join(sorted(faults)),
            code="invalid_settings",
            hint="correct or unset these variables",
        )
    return msgspec.structs.replace(Settings(), **given)


def _convert(name: str, text: str) -> object:
    if name in {"home", "master_key_file", "connector_secrets", "mail_password_file"}:
        return Path(text)
    if name in {"port", "in_flight_max", "key_rate", "snapshot_every", "earlier_plans", "connector_budget_ms"}:
        number = int(text)
        if number < (name != "earlier_plans") or (name == "port" and number > 65_535):
            raise ValueError("out of range")
        return number
    if name == "connectors" and text not in {"live", "record", "recorded", "simulated", "off"}:
        raise ValueError("must be live, record, recorded, simulated or off")
    if name == "mail_security" and text not in {"starttls", "tls", "none"}:
        raise ValueError("must be starttls, tls or none")
    if name == "compiled" and text not in {"auto", "yes", "no"}:
        raise ValueError("must be auto, yes or no")
    if name == "host" and text not in {"127.0.0.1", "::1", "localhost"}:
        raise ValueError("must be a loopback address; to be reached from elsewhere, put a proxy with TLS in front")
    if name == "access" and text not in {"people", "open"}:
        raise ValueError("must be people or open")
    return text
