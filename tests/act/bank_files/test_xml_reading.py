"""Reading XML from strangers: nothing in it can do anything, and a fault says where it is."""

from __future__ import annotations

import pytest

from tandem.act.bank_files import BadFile, read_bank_file, read_xml

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Document>&b;</Document>"""
FETCH = b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "file:///etc/passwd"><Document/>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'


@pytest.mark.parametrize("data", [BOMB, FETCH, OUTSIDE, BOMB.decode().encode("utf-16")])
def test_a_document_type_is_refused_before_anything_in_it_is_read(data):
    with pytest.raises(BadFile) as refused:
        read_xml(data)
    assert refused.value.code == "doctype_refused"


@pytest.mark.parametrize(
    "data",
    [b"", b"not xml", b"<a>", b"<a></b>", b"<a>&unknown;</a>", b"<a/><b/>", b"\xff\xfe\xff", b"<a>\xc3\x28</a>", b"<a x='1' x='2'/>",
     b"<a>\x00</a>", b'<?xml version="1.0" encoding="nobody-knows"?><a/>'],
)  # fmt: skip
def test_what_is_no_well_formed_xml_is_said_with_its_line(data):
    with pytest.raises(BadFile) as refused:
        read_xml(data)
    assert refused.value.code == "malformed_xml"


def test_a_fault_deep_inside_says_its_line():
    with pytest.raises(BadFile, match="line 3"):
        read_xml(b"<a>\n<b>\n</c></a>")


def test_depth_and_size_are_bounded():
    with pytest.raises(BadFile) as refused:
        read_xml(b"<a>" * 41 + b"</a>" * 41)
    assert refused.value.code == "file_too_large"
    with pytest.raises(BadFile) as refused:
        read_xml(b" " * (32 * 1024 * 1024 + 1))
    assert refused.value.code == "file_too_large"


def test_elements_know_their_place_and_only_their_own_namespace_counts():
    root = read_xml(b'<a xmlns="urn:x"><Ntry/><Ntry><Amt>1</Amt><y:Amt xmlns:y="urn:y">2</y:Amt></Ntry></a>')
    second = list(root.all("Ntry"))[1]
    assert [one.text for one in second.all("Amt")] == ["1"]
    assert second.find("Amt").at == "Ntry[2]/Amt"


@pytest.mark.parametrize(
    "data",
    [
        b"<Document/>",
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>',
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.08"/>',
        b'<html xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>',
    ],
)
def test_another_message_is_refused_by_name(data):
    with pytest.raises(BadFile) as refused:
        read_bank_file(data)
    assert refused.value.code == "unknown_message"
