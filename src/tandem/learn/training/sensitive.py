"""What a column's name says of it: something the law protects, or something that names a person.

A guess from names, in English and Chinese, made before anything is trained so that a person can agree or not. What a
workspace knows of its own fields (their data class) is no guess and comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.prove.privacy import DataClass

__all__ = ["Sensitive", "sensitive_column"]

_Kind: TypeAlias = Literal["protected", "private"]


class Sensitive(msgspec.Struct, frozen=True, kw_only=True):
    """Why a column had better not be used.

    Attributes:
        kind: ``protected``: a ground on which nobody may be treated worse, or not everywhere; ``private``: names a person
            or lets somebody in, so its values are not shown either.
        ground: which, lower_snake.
    """

    kind: _Kind
    ground: str


# Grounds of 15 U.S.C. 1691 (ECOA), 42 U.S.C. 3605 (FHA), Directive (EU) 2023/2225 art. 6 and Charter art. 21, and of the Personal
# Information Protection Law of the PRC, art. 24 and 28. A name is looked at word by word.
_NAMED: Final[tuple[tuple[_Kind, str, str, str], ...]] = (
        ("protected", "sex", "sex|gender|female|male|salutation", "性别"),
        ("protected", "age", "age|birth|birthday|birthdate|dob|born|yob", "年龄|出生|生日"),
        ("protected", "marital_status", "marital|married|marriage|spouse|divorced|widowed?", "婚姻|婚否|配偶"),
        ("protected", "children", "children|dependents?|dependants?|kids|pregnant|pregnancy", "子女|抚养|孕"),
        ("protected", "origin", "race|ethnic(?:ity)?|nationality|citizen(?:ship)?|immigrant|foreign(?:er)?|tribe|language",
         "民族|种族|国籍|籍贯|户籍"),
        ("protected", "belief", "religion|religious|faith|church|political", "宗教|信仰|党派|政治面貌"),
        ("protected", "health", "health|disab\\w*|disease|diagnosis|medical|blood|genetic", "健康|残疾|疾病|病史"),
        ("protected", "public_assistance", "welfare|benefits?|assistance", "低保|救助"),
        ("private", "credential", "password|passwd|pwd|pin|cvv|cvc|cvv2|secret|token|otp|biometric|fingerprint",
         "密码|口令|验证码|指纹|人脸"),
        ("private", "identity_number", "ssn|passport|iban|pan|idcard|national_id|tin|nino",
         "身份证|护照|卡号|账号"),
        ("private", "contact", "phone|mobile|tel|telephone|email|mail|street|address|postcode|zip|zipcode",
         "手机|电话|邮箱|地址|邮编"),
        ("private", "name", "name|surname|forename|firstname|lastname|fullname", "姓名"),
)  # fmt: skip
_GROUNDS: Final = tuple(
    (kind, ground, re.compile(rf"^(?:{words})$"), chinese) for kind, ground, words, chinese in _NAMED
)
_WORDS: Final = re.compile(r"[a-z]+|[0-9]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ID_NUMBER: Final = re.compile(r"(?:id|card|account|identity|licen[cs]e)_(?:no|num|number)|national_id|id_card")


def sensitive_column(name: str, classes: Mapping[str, DataClass] | None = None) -> Sensitive | None:
    """What speaks against using the column ``name``; None where its name says nothing.

    Args:
        classes: data class of the workspace's own fields, by name.
    """
    known = None if classes is None else classes.get(name)
    if known is DataClass.C3:
        return Sensitive(kind="private", ground="credential")
    lower = _CAMEL.sub("_", name).lower()
    if _ID_NUMBER.search(lower):
        return Sensitive(kind="private", ground="identity_number")
    words = _WORDS.findall(lower)
    for kind, ground, pattern, chinese in _GROUNDS:
        if any(map(pattern.match, words)) or re.search(chinese, name):
            return Sensitive(kind=kind, ground=ground)
    return None
