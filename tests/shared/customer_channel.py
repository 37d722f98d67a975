"""A lender whose customers help themselves: the starter's policy, a product at the till with its cap, and a channel."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from access_house import GOOD, CountingHasher
from http_face import HOST, JSON, Caller, Contract, Reply, released_process, starter_artefacts

from tandem.act.channel import SimulatedProvider
from tandem.faces.api import create_app, journal_notes
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import DAY, FixedClock, date_to_days
from tandem.prove.access import AccessControl, Permission, SqliteAccessStore, checked_merchant

ACTS: Final = ["apply", "see", "sign", "repay", "object"]
LEAST_SECONDS: Final = 10
TODAY: Final = date(2026, 11, 20)
SHOP: Final = "https://shop.example"
TILL: Final[dict[str, Any]] = {
    "kind": "instalment_plan",
    "title": {"en": "Pay in parts", "zh-CN": "分期付款"},
    "currency": "CNY",
    "amount": {"least_minor": 10_000, "most_minor": 2_000_000},
    "terms": [3, 6, 12],
    "schedule": {"method": "equal_principal"},
    "price": {"fee_bps": 40, "overdue": {"bps_per_day": 4, "grace_days": 3}},
    "policies": {"application": "application"},
    "cap": "law",
    "consents": ["personal_data", "credit_bureau"],
}
LIMIT: Final[dict[str, Any]] = {**TILL, "kind": "revolving", "title": {"en": "A limit", "zh-CN": "额度"},
    "limit_minor": {"least_minor": 10_000, "most_minor": 2_000_000}}  # fmt: skip
CAP: Final[dict[str, Any]] = {
    "title": {"en": "The law", "zh-CN": "法律"},
    "measure": "nominal",
    "rows": [{"since": "2020-01-01", "most_bps": 2_400, "source": "a law"}],
}


def channel_body(*products: str, **changes: Any) -> dict[str, Any]:
    """The body of a channel for ``products``, whose applications are those of the starter."""
    return {
        "lender": {"en": "A lender", "zh-CN": "某贷款机构"},
        "contact": {"en": "02-0000-0000", "zh-CN": "02-0000-0000"},
        "products": list(products),
        "forms": {
            "application": {
                "amount": "amount_minor",
                "term": "term_months",
                "asks": [
                    {"field": "age", "title": {"en": "Age", "zh-CN": "年龄"}, "keyboard": "numeric", "unit": "years"},
                    {"field": "income_minor", "title": {"en": "Income a month", "zh-CN": "月收入"}, "keyboard": "decimal", "unit": "money"},
                ],
            }
        },
        "consents": {
            "personal_data": {
                "title": {"en": "Use of your data", "zh-CN": "个人信息处理"},
                "text": {"en": "We use what you fill in to decide.", "zh-CN": "我们使用您填写的信息进行审批。"},
            },
            "credit_bureau": {
                "title": {"en": "A question to the credit bureau", "zh-CN": "征信查询"},
                "text": {"en": "We ask the credit bureau about you.", "zh-CN": "我们将查询您的征信报告。"},
                "recipient": {"en": "The credit bureau", "zh-CN": "征信机构"},
            },
        },
        "reading": [
            {"since": "2020-01-01", "least_seconds": 5, "source": {"en": "The lender's own rule.", "zh-CN": "本机构自行规定。"}},
            {"since": "2026-08-01", "least_seconds": LEAST_SECONDS, "source": {"en": "The rules on stating costs.", "zh-CN": "综合融资成本明示规定。"}},
        ],
        "retention": {"days": 365, "source": {"en": "Records of accounts are kept a year.", "zh-CN": "账户记录保存一年。"}},
        **changes,
    }  # fmt: skip


def channel_artefacts(folder: Path, **changes: Any) -> list[Artefact]:
    """The starter's artefacts, and what customers need."""
    return [
        *(_with_guarantor(one) for one in starter_artefacts(folder)),
        Artefact.of("product", "till", TILL),
        Artefact.of("product", "limit", LIMIT),
        Artefact.of("rate_cap", "law", CAP),
        Artefact.of("channel", "customers", channel_body("till", "limit", **changes)),
    ]


def _with_guarantor(artefact: Artefact) -> Artefact:
    """The application names a second person, too, who may be left out."""
    if artefact.kind == "feature_set" and artefact.body.get("entity") in ("person", ["person"]):
        return Artefact.of("feature_set", artefact.name, {**artefact.body, "keys": {"application": ["person"]}})
    if (artefact.kind, artefact.name) != ("event_type", "application"):
        return artefact
    guarantor = {"name": "guarantor", "type": "text", "entity": "person", "data_class": "C2", "description": "x"}
    return Artefact.of("event_type", "application", {**artefact.body, "fields": [*artefact.body["fields"], guarantor]})


class Shop:
    """A served lender, a merchant with a key, and the lender's own site."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        self.clock = FixedClock(date_to_days(TODAY) * DAY + DAY // 2)
        self.process = released_process(folder, channel_artefacts(folder, **changes), clock=self.clock)
        self.access = AccessControl(
            SqliteAccessStore(None), "lender", clock=self.clock, entropy=SeededEntropy(5),
            tell=journal_notes(self.process), hasher=CountingHasher(),
        )  # fmt: skip
        app = create_app(
            self.process, self.access, clock=self.clock, entropy=SeededEntropy(6), provider=SimulatedProvider()
        )
        self.call = Caller(app)
        self.contract = Contract(self.call("GET", "/openapi.json").json)
        self.admin = self.access.welcome(self.access.first_link() or "", GOOD, name="root").principal
        self.merchant = self._key("till", "shop-1")
        self.other_merchant = self._key("stall", "shop-2")
        self.site = self._key("site")

    def _key(self, name: str, merchant: str | None = None) -> list[tuple[bytes, bytes]]:
        whose = None if merchant is None else checked_merchant(name, merchant, "A shop", "一家商店", [SHOP])
        _, secret = self.access.make_key(name, [Permission.INVITE], by=self.admin, merchant=whose)
        return [HOST, JSON, (b"authorization", b"Bearer " + secret.encode())]

    def ask(self, method: str, path: str, body: Any = None, *, headers: Any, query: bytes = b"") -> Reply:
        """Ask, and have the answer judged by the contract."""
        sent = b"" if body is None else json.dumps(body).encode()
        reply = self.call(method, path, sent, query=query, headers=headers)
        self.contract.judge(method, path, reply)
        return reply

    def at_once(self, *asked: tuple[str, Any], headers: Any) -> list[Reply]:
        """What is answered to bodies that are sent at the same moment, each to its path."""

        async def all_of_them() -> list[Reply]:
            return await asyncio.gather(*(self.call.ask("POST", path, body, headers=headers) for path, body in asked))

        return asyncio.run(all_of_them())

    def invite(self, identifier: str, *, headers: Any = None, **wanted: Any) -> dict[str, Any]:
        """An invitation by the merchant, by default."""
        body = {"key": f"order-{identifier}", "identifier": identifier, "acts": ACTS, **wanted}
        reply = self.ask("POST", "/v1/invitations", body, headers=headers or self.merchant)
        assert reply.status == 200, reply.body
        found: dict[str, Any] = reply.json
        return found

    def customer(self, identifier: str, *, headers: Any = None, **wanted: Any) -> Mine:
        """Somebody who has come in."""
        made = self.invite(identifier, headers=headers, **wanted)
        mine = Mine(self, made["invitation"])
        mine.come_in(made["path"].partition("#pass=")[2])
        return mine

    def close(self) -> None:
        """The end."""
        self.call.close()
        self.access.close()
        self.process.close()


class Mine:
    """A customer's browser."""

    def __init__(self, shop: Shop, invitation: str) -> None:
        self.shop = shop
        self.invitation = invitation
        self.headers: list[tuple[bytes, bytes]] = [HOST, JSON]
        self.set_cookie = ""

    def come_in(self, token: str) -> dict[str, Any]:
        """By the pass."""
        reply = self.shop.ask("POST", "/v1/my/session", {"token": token}, headers=[HOST, JSON])
        assert reply.status == 200, reply.body
        self.set_cookie = reply.headers["set-cookie"]
        told: dict[str, Any] = reply.json["customer"]
        cookie = self.set_cookie.split(";")[0].encode()
        self.headers = [HOST, JSON, (b"cookie", cookie), (b"x-tandem-csrf", told["csrf"].encode())]
        return told

    def ask(self, method: str, path: str, body: Any = None, *, status: int = 200, query: bytes = b"") -> Any:
        """Ask below /v1/my; the answer, which has that status."""
        reply = self.shop.ask(method, f"/v1/my{path}", body, headers=self.headers, query=query)
        assert reply.status == status, reply.body
        return reply.json

    def applies(self, *, application_id: str = "a-1", status: int = 200, product: str = "till", **values: Any) -> Any:
        """Apply; by default approved."""
        body = {"application_id": application_id, "product": product, "term": 6,
                "values": {"age": 34, "income_minor": 900_000, **values}}  # fmt: skip
        return self.ask("POST", "/applications", body, status=status)

    def reads(self, decision: str, *, term: int = 6, language: str = "en", wait: bool = True, **more: Any) -> str:
        """Read the table of costs and confirm it; its digest."""
        asked = {"term": term, "language": language, **more}
        shown = self.ask("POST", f"/applications/{decision}/disclosures", asked)
        if wait:
            self.shop.clock.advance(LEAST_SECONDS * 1_000_000)
            self.ask("POST", f"/disclosures/{shown['digest']}/confirmation")
        digest: str = shown["digest"]
        return digest

    def agrees(self) -> None:
        """To everything."""
        for consent in ("personal_data", "credit_bureau"):
            self.ask("POST", f"/consents/{consent}", {"language": "en"})

    def signs(self, decision: str, disclosure: str, *, status: int = 200, term: int = 6, **more: Any) -> Any:
        """Sign."""
        body = {"term": term, "disclosure": disclosure, **more}
        return self.ask("POST", f"/applications/{decision}/signature", body, status=status)

    def buys(self) -> Any:
        """All of it, from applying to the account."""
        decision = self.applies()["decision_id"]
        digest = self.reads(decision)
        self.agrees()
        return self.signs(decision, digest)
