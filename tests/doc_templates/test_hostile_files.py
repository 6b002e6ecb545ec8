"""Files that are no templates: damaged, poisoned, or never meant for us."""

import io
import random
import struct
import time
import zipfile

import docx
import pytest
from paper_samples import read_members, write_members

from doc_templates import catalogue, merge
from doc_templates.errors import FormInvalid, PaperUnreadable
from doc_templates.merge import compile_form

TEMPLATE = catalogue.get_form("plan").template()
SHAPE = catalogue.get_form("plan").shape
DTD = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]>'


def _packed(*entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, content in entries:
            package.writestr(name, content)
    return buffer.getvalue()


def _with(**changed):
    members = read_members(TEMPLATE)
    for name, content in changed.items():
        members[name] = content
    return write_members(members)


def _refused(docx_bytes):
    with pytest.raises(PaperUnreadable) as caught:
        compile_form(docx_bytes, shape=SHAPE)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"%PDF-1.7", b"<html></html>", b"\xd0\xcf\x11\xe0" + b"\0" * 600, TEMPLATE[:40]],
    ids=["nothing", "two letters", "pdf", "html", "password or .doc", "head only"],
)
def test_what_is_no_docx_is_told_so(content):
    assert ".docx" in _refused(content)


@pytest.mark.parametrize("part", range(1, 10))
def test_a_truncated_template_is_unreadable(part):
    assert "không hỏng" in _refused(TEMPLATE[: len(TEMPLATE) * part // 10])


def test_a_damaged_template_is_never_worse_than_unreadable():
    chance = random.Random(30)

    for _ in range(150):
        damaged = bytearray(TEMPLATE)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            compile_form(bytes(damaged), shape=SHAPE)
        except (PaperUnreadable, FormInvalid):
            continue


def test_an_encrypted_package_is_refused():
    locked = bytearray(TEMPLATE)
    at = 0
    while (at := locked.find(b"PK\x01\x02", at)) >= 0:
        flags = struct.unpack_from("<H", locked, at + 8)[0]
        struct.pack_into("<H", locked, at + 8, flags | 1)
        at += 4

    assert "mật khẩu" in _refused(bytes(locked))


def test_a_package_without_a_document_is_refused():
    assert "thiếu phần thân" in _refused(_packed(("a.txt", b"a")))


def test_a_package_that_unpacks_to_gigabytes_is_refused_at_once():
    started = time.process_time()
    members = [*read_members(TEMPLATE).items(), ("word/media/image1.png", b"\0" * 31 * 1024 * 1024)]

    assert "giải nén" in _refused(_packed(*members))
    assert time.process_time() - started < 3


def test_a_size_that_lies_is_refused():
    lying = bytearray(TEMPLATE)
    at = lying.find(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 2_000_000_000)

    assert "giải nén" in _refused(bytes(lying))


def test_a_size_that_understates_is_refused():
    lying = bytearray(TEMPLATE)
    at = lying.find(b"PK\x01\x02")
    struct.pack_into("<I", lying, at + 24, 10)

    assert _refused(bytes(lying))


def test_a_file_beyond_five_megabytes_is_refused():
    assert "5 MB" in _refused(b"PK" + b"\0" * (5 * 1024 * 1024))


def test_twenty_thousand_members_are_refused():
    members = [*read_members(TEMPLATE).items(), *((f"word/a{n}.xml", b"<a/>") for n in range(400))]

    assert "quá nhiều thành phần" in _refused(_packed(*members))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused():
    members = [*read_members(TEMPLATE).items(), ("word/document.xml", b"<a/>")]

    assert "trùng tên" in _refused(_packed(*members))


def test_names_that_differ_only_in_their_capitals_are_refused():
    members = [*read_members(TEMPLATE).items(), ("word/Document.xml", b"<a/>")]

    assert "trùng tên" in _refused(_packed(*members))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "word/../x.xml", "word\\x.xml", "word/ổ.xml", "."]
)
def test_a_member_with_a_strange_name_is_refused(name):
    members = [*read_members(TEMPLATE).items(), (name, b"<a/>")]

    assert "tên lạ" in _refused(_packed(*members))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_packed_in_a_strange_way_is_refused(method):
    assert "lạ" in _refused(_packed(*read_members(TEMPLATE).items(), method=method))


@pytest.mark.parametrize(
    "member",
    [
        "word/document.xml",
        "word/styles.xml",
        "word/settings.xml",
        "word/_rels/document.xml.rels",
        "docProps/core.xml",
        "[Content_Types].xml",
    ],
)
def test_a_document_type_is_refused_in_every_part(member):
    content = read_members(TEMPLATE)[member]
    body = content[content.index(b"?>") + 2 :]

    assert "DOCTYPE" in _refused(_with(**{member: DTD + body}))


def test_an_external_entity_is_not_read():
    poisoned = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )

    assert "DOCTYPE" in _refused(_with(**{"word/document.xml": poisoned}))


def test_a_billion_laughs_are_refused_at_once():
    started = time.process_time()
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE w [<!ENTITY a0 "ha">{entities}]><w>&a9;</w>'.encode()

    assert _refused(_with(**{"word/document.xml": bomb}))
    assert time.process_time() - started < 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "iso-8859-1"])
def test_a_part_in_another_encoding_is_refused(encoding):
    text = '<?xml version="1.0" encoding="' + encoding + '"?><w/>'

    assert _refused(_with(**{"word/document.xml": text.encode(encoding)}))


@pytest.mark.parametrize("content", [b"", b"<w", b"\xff\xfe", b"<w>&x;</w>", b"\0" * 100])
def test_a_damaged_part_is_named(content):
    said = _refused(_with(**{"word/document.xml": content}))

    assert "thân văn bản" in said


@pytest.mark.parametrize("member", ["[Content_Types].xml", "_rels/.rels"])
def test_parts_that_do_not_fit_together_are_unreadable(member):
    assert _refused(_with(**{member: b"<a/>"}))


def test_a_part_that_a_relation_names_and_nobody_packed_is_unreadable():
    members = read_members(TEMPLATE)
    del members["word/styles.xml"]

    with pytest.raises((PaperUnreadable, FormInvalid)):
        compile_form(write_members(members), shape=SHAPE)


def test_paragraphs_beyond_number_are_refused_at_once():
    started = time.process_time()
    members = read_members(TEMPLATE)
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"<w:sectPr", b"<w:p/>" * 30_000 + b"<w:sectPr", 1
    )

    assert "đoạn" in _refused(write_members(members))
    assert time.process_time() - started < 2


@pytest.mark.parametrize("piece", ["{{", "{%-", "-%}", "{%colspan", "{"])
def test_braces_beyond_number_are_refused_at_once(piece):
    started = time.process_time()
    document = docx.Document()
    document.add_paragraph(piece * 30_000)
    buffer = io.BytesIO()
    document.save(buffer)

    with pytest.raises((PaperUnreadable, FormInvalid)):
        compile_form(buffer.getvalue(), shape=SHAPE)

    assert time.process_time() - started < 3


def test_the_number_is_stamped_only_into_a_readable_package():
    with pytest.raises(PaperUnreadable):
        merge.replace_text(b"no package", "a", "b")


# Templates that nobody checks first


def _refused_unchecked(docx_bytes):
    with pytest.raises(PaperUnreadable) as caught:
        compile_form(docx_bytes)
    return str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" + b"\0" * 600, TEMPLATE[:-40]],
    ids=["nothing", "two letters", "pdf", "password or .doc", "cut short"],
)
def test_a_trusted_template_that_is_no_docx_is_told_so(content):
    assert ".docx" in _refused_unchecked(content)


def test_a_trusted_template_that_unpacks_to_gigabytes_is_refused_at_once():
    members = [*read_members(TEMPLATE).items(), ("word/media/image1.png", b"\0" * 31 * 1024 * 1024)]

    assert "giải nén" in _refused_unchecked(_packed(*members))


def test_a_damaged_trusted_template_is_never_worse_than_unreadable():
    chance = random.Random(31)

    for _ in range(150):
        damaged = bytearray(TEMPLATE)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            compile_form(bytes(damaged))
        except (PaperUnreadable, FormInvalid):
            continue


def test_a_trusted_template_may_not_name_entities_either():
    document = read_members(TEMPLATE)["word/document.xml"]
    body = document[document.index(b"?>") + 2 :].replace(b"</w:t>", b"&a;</w:t>", 1)

    said = _refused_unchecked(_with(**{"word/document.xml": DTD + body}))

    assert "thân văn bản" in said
    assert "DOCTYPE" in said
