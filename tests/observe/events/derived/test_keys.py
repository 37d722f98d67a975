"""Subnets, mailboxes, telephones, doors: one spelling for each, nothing for what cannot be read, and no exception ever."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tandem.observe.events.derived.addresses import address_key
from tandem.observe.events.derived.emails import email_domain, email_key
from tandem.observe.events.derived.networks import subnet_of
from tandem.observe.events.derived.phones import phone_countries, phone_key
from tandem.observe.events.derived.text import folded
from tandem.observe.events.limits import IDENTIFIER_LENGTH

subnet = subnet_of(24, 48)
phone = phone_key("CN")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.77 ", "203.0.113.0/24"),
        ("2001:db8:7:1::5", "2001:db8:7::/48"),
        ("2001:0DB8:0007:ffff::", "2001:db8:7::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
    ],
)
def test_an_ip_address_lies_in_its_subnet(address, network):
    assert subnet(address) == network


@pytest.mark.parametrize("text", ["", "no", "203.0.113", "203.0.113.300", "203.0.113.0/24", "0x7f000001", "1.2.3.4:80"])
def test_what_is_no_ip_address_has_no_subnet(text):
    assert subnet(text) is None


def test_a_subnet_is_as_wide_as_was_said():
    assert subnet_of(16, 32)("203.0.113.77") == "203.0.0.0/16"
    assert subnet_of(16, 32)("2001:db8:7:1::5") == "2001:db8::/32"
    assert subnet_of(32, 128)("203.0.113.77") == "203.0.113.77/32"


@given(st.ip_addresses(), st.integers(1, 32), st.integers(1, 128))
def test_an_address_lies_in_the_network_that_is_named(address, four, six):
    from ipaddress import IPv6Address, ip_network

    network = ip_network(subnet_of(four, six)(str(address)))
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    assert (mapped or address) in network
    assert network.prefixlen == (six if network.version == 6 else four)


@pytest.mark.parametrize(
    ("address", "key", "domain"),
    [
        ("Ann.Lee@Example.COM", "ann.lee@example.com", "example.com"),
        ("ann.lee+shop@example.com", "ann.lee+shop@example.com", "example.com"),
        ("A.n.n+shop@GMail.com", "ann@gmail.com", "gmail.com"),
        ("ann@googlemail.com", "ann@gmail.com", "googlemail.com"),
        ("ann.lee+x@outlook.com", "ann.lee@outlook.com", "outlook.com"),
        ("ann.lee@qq.com", "ann.lee@qq.com", "qq.com"),
        ("ａｎｎ＠example.com", "ann@example.com", "example.com"),
        ("josé@münchen.de", "josé@xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("ann@example.com.", "ann@example.com", "example.com"),
    ],
)
def test_a_mailbox_has_one_spelling_by_the_rules_of_its_provider_only(address, key, domain):
    assert (email_key(address), email_domain(address)) == (key, domain)


@pytest.mark.parametrize(
    "text", ["", "ann", "ann@", "@example.com", "a n@example.com", "ann@localhost", "a@b@c.de", "x@-.com"]
)
def test_what_is_no_email_address_has_neither_key_nor_domain(text):
    assert email_key(text) is None
    assert email_domain(text) is None


def test_a_name_of_which_nothing_is_left_is_no_mailbox():
    assert email_key("+shop@gmail.com") is None
    assert email_key("..@gmail.com") is None


@pytest.mark.parametrize(
    "text", ["13800138000", "138 0013-8000", "+86 138 0013 8000", "008613800138000", "１３８００１３８０００"]
)
def test_a_telephone_has_one_spelling(text):
    assert phone(text) == "+8613800138000"


def test_a_number_of_another_country_needs_its_code():
    assert phone("+1 (201) 555-0123 ext. 7") == "+12015550123"
    assert phone_key(None)("+1 201 555 0123") == "+12015550123"
    assert phone_key(None)("2015550123") is None


@pytest.mark.parametrize("text", ["", "none", "12", "1" * 40, "+", "+86"])
def test_what_is_no_number_has_no_key(text):
    assert phone(text) is None


def test_a_number_without_its_area_code_would_be_many():
    assert phone_key("US")("555-0123") is None


def test_the_countries_are_codes_of_two_letters():
    assert {"CN", "US", "GB"} <= set(phone_countries())
    assert all(re.fullmatch("[A-Z]{2}", one) for one in phone_countries())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12A Mill Street, Apt. 5b", "12 a MILL ST apartment 5 B"),
        ("No. 12 Mill Str.", "12, Mill Street"),
        ("7 West End Avenue", "7 W. End Ave"),
        ("3 Rue de l’Église", "3 rue de l'eglise"),
        ("广东省深圳市南山区科技路１２号三号楼５０１室", "广东深圳南山区科技路12号 3号楼501"),
        ("北京市朝阳区建国路八十八号十二层", "北京朝阳区建国路88号12楼"),
        ("上海市徐汇区漕溪路一百零三弄2幢", "上海徐汇区漕溪路103弄2栋"),
        ("广西壮族自治区南宁市", "广西南宁"),
    ],
)
def test_one_address_in_two_spellings_has_one_key(one, other):
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中山路12号3楼", "中山路123楼"),
        ("中山路12号楼", "中山路12楼"),
        ("12 Mill Street", "12 Mill Road"),
        ("12 Mill Street", "21 Mill Street"),
        ("1-23 Mill Lane", "12-3 Mill Lane"),
    ],
)
def test_another_door_has_another_key(one, other):
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize("text", ["", " - ", "n/a", "N.A.", "None", "unknown", "无", "不详", "x" * 256])
def test_what_is_written_where_nothing_is_known_is_no_address(text):
    assert address_key(text) is None


ADDRESS = st.text(
    st.one_of(st.characters(), st.sampled_from("省市自治区号室层楼幢座栋院一二十百零3 7nost.'’")), max_size=40
)
ANYTHING = st.one_of(st.text(max_size=60), ADDRESS, st.emails(), st.ip_addresses().map(str))


@pytest.mark.parametrize("key", [email_key, email_domain, phone, address_key, subnet])
@given(text=ANYTHING)
@example(text="\ud800@x.com")
@example(text="a@" + "ü" * 250)
@example(text="1" + "室" * 254)
@example(text="省" * 255)
def test_whatever_a_client_sends_gives_a_short_text_or_nothing(key, text):
    made = key(text)
    assert made is None or 0 < len(made) <= IDENTIFIER_LENGTH


@pytest.mark.parametrize("key", [email_key, phone, address_key])
@given(text=ANYTHING)
def test_a_key_is_its_own_key(key, text):
    made = key(text)
    assert made is None or key(made) == made


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
