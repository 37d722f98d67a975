"""Every kind of attack there is to choose from: its name, what it is in words, and how two dials make one.

``intensity`` is how many attempts, as a share of what honest people do in the same time; ``disguise`` goes from 0, where
everything that can be shared is shared, to 1, where nothing is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from tandem.kernel.errors import NotFound, near_match
from tandem.learn.simulator.applications import Attack
from tandem.learn.simulator.batches import APPLICATION, MOVEMENT, TRANSFER, Layout
from tandem.learn.simulator.fraud import (
    AccountTakeover,
    Adaptive,
    BustOut,
    FundMisuse,
    GroupLoanFraud,
    MassApplication,
    MuleChain,
    PromotionAbuse,
    SlowDrip,
    SyntheticIdentity,
)

__all__ = ["ATTACK_KINDS", "AttackKind", "attack_kind"]


class AttackKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of attack.

    Attributes:
        event: the event it is made of, by the generator's own name for it.
        title, words: what it is called, and what it does; English, then Chinese.
        interactive: whether it reacts to the answers it gets.
        intensity, disguise: where its dials stand to begin with.
        make: the attack, by the two dials.
    """

    kind: str
    event: Layout
    title: tuple[str, str]
    words: tuple[str, str]
    intensity: float
    disguise: float
    make: Callable[[float, float], Attack | Adaptive]
    interactive: bool = False


def _kinds() -> dict[str, AttackKind]:
    kinds = (
        AttackKind(
            kind="group_loan",
            event=APPLICATION,
            title=("Group loan fraud", "团伙骗贷"),
            words=(
                "Rings of recruited borrowers share some of an agent's devices, contacts, cards and addresses.",
                "中介招募的借款人组成团伙，共用其部分设备、联系人、银行卡和地址。",
            ),
            intensity=0.04,
            disguise=0.25,
            make=GroupLoanFraud.dialled,
        ),
        AttackKind(
            kind="mass_application",
            event=APPLICATION,
            title=("Mass application", "批量申请"),
            words=(
                "One device, address or subnet applies for many invented people within hours.",
                "同一设备、地址或网段在数小时内为大量虚构的人提交申请。",
            ),
            intensity=0.04,
            disguise=0.1,
            make=MassApplication.dialled,
        ),
        AttackKind(
            kind="account_takeover",
            event=APPLICATION,
            title=("Account takeover", "账户盗用"),
            words=(
                "A thief buys in the name of known customers: their phone and card, another device and address.",
                "盗用者以老客户名义消费：手机号和银行卡是客户的，设备和地址是盗用者的。",
            ),
            intensity=0.03,
            disguise=0.25,
            make=AccountTakeover.dialled,
        ),
        AttackKind(
            kind="promotion_abuse",
            event=APPLICATION,
            title=("Promotion abuse", "薅羊毛"),
            words=(
                "An army of cheap accounts takes the largest coupon again and again; the coupon is what is lost.",
                "大量低成本账户反复领取最大面额优惠券；损失的是优惠券金额。",
            ),
            intensity=0.05,
            disguise=0.2,
            make=PromotionAbuse.dialled,
        ),
        AttackKind(
            kind="bust_out",
            event=APPLICATION,
            title=("Bust-out", "养号套现"),
            words=(
                "Accounts behave well until they are trusted, then take all they can within a day or two.",
                "账户先积累良好记录，获得信任后在一两天内集中大额套取。",
            ),
            intensity=0.03,
            disguise=0.4,
            make=BustOut.dialled,
        ),
        AttackKind(
            kind="mule_chain",
            event=TRANSFER,
            title=("Mule chain", "骡子账户链"),
            words=(
                "What victims were talked into transferring passes from account to account until it is gone.",
                "受害人被骗转出的资金在多个账户间层层转移直至消失。",
            ),
            intensity=0.03,
            disguise=0.25,
            make=MuleChain.dialled,
        ),
        AttackKind(
            kind="synthetic_identity",
            event=APPLICATION,
            title=("Synthetic identities", "合成身份"),
            words=(
                "People who do not exist, put together from bought numbers, mailboxes and cards that are used a few times.",
                "用买来的号码、邮箱地址和银行卡拼凑出并不存在的人，每样只用几次。",
            ),
            intensity=0.03,
            disguise=0.3,
            make=SyntheticIdentity.dialled,
        ),
        AttackKind(
            kind="slow_drip",
            event=APPLICATION,
            title=("Slow drip", "慢速渗透"),
            words=(
                "One application now and then, so that no time window ever sees two of them.",
                "隔一段时间提交一笔申请，使任何时间窗都看不到两笔。",
            ),
            intensity=0.02,
            disguise=0.4,
            make=SlowDrip.dialled,
        ),
        AttackKind(
            kind="adaptive",
            event=APPLICATION,
            title=("Adaptive attacker", "自适应攻击者"),
            words=(
                "Sees the answer to each attempt and learns how much, how fast and how openly it can go on.",
                "观察每次尝试的结果，从中学习金额、节奏和共用程度的界限。",
            ),
            intensity=0.03,
            disguise=0.1,
            make=Adaptive.dialled,
            interactive=True,
        ),
        AttackKind(
            kind="fund_misuse",
            event=MOVEMENT,
            title=("Misuse of funds", "资金挪用"),
            words=(
                "What was lent is cashed out in round sums, spent beside its purpose, or sent round and back.",
                "借款资金被整额套现、挪作他用，或经他人账户转回本人。",
            ),
            intensity=0.06,
            disguise=0.2,
            make=FundMisuse.dialled,
        ),
    )
    return {one.kind: one for one in kinds}


ATTACK_KINDS: Final[Mapping[str, AttackKind]] = MappingProxyType(_kinds())
"""By name."""


def attack_kind(name: str) -> AttackKind:
    """The kind of that name.

    Raises:
        NotFound: there is none; names the near match.
    """
    found = ATTACK_KINDS.get(name)
    if found is None:
        raise NotFound(
            "There is no such kind of attack.",
            code="unknown_attack",
            field="kind",
            value=name,
            hint=near_match(name, ATTACK_KINDS) or "one of " + ", ".join(ATTACK_KINDS),
        )
    return found
