"""Ready for signature: fields where the decree puts signature and seal, an archive file, a code."""

import datetime
import io
import tomllib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, validation
from pyhanko_certvalidator import ValidationContext

from doc_templates import catalogue, pdf
from doc_templates.errors import ConversionFailed
from doc_templates.layout.stamps import stamp_code
from doc_templates.merge import archive
from doc_templates.pdf import Conversion, Finish, Properties
from service.intake import papers

LETTER = Path(__file__).parents[2] / "fixtures" / "papers" / "dossier" / "quyet-dinh.toml"
MM = 72 / 25.4


@pytest.fixture(scope="module")
def decision() -> bytes:
    """A decision with its list, as a Word file."""
    read = tomllib.loads(LETTER.read_text(encoding="utf-8"))
    return catalogue.merge(papers.parse_paper(read).to_paper(today=datetime.date(2026, 10, 9)))


def finished(docx: bytes, **asked: object) -> Conversion:
    return pdf.convert(docx, finish=Finish(**asked))  # type: ignore[arg-type]


def fields_of(content: bytes) -> dict[str, tuple[int, list[float]]]:
    """The fields of a file: on which page, and their rectangle."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        pages = [page.obj.objgen for page in opened.pages]
        return {
            str(field.T): (pages.index(field.P.objgen), [float(edge) for edge in field.Rect])
            for field in opened.Root.AcroForm.Fields
        }


def words_between(content: bytes, page: int, low: float, high: float) -> str:
    """The text of a page between two heights."""
    opened = pypdfium2.PdfDocument(content)[page]
    text: str = opened.get_textpage().get_text_bounded(
        left=0, right=opened.get_width(), bottom=low, top=high
    )
    return text


def test_signature_stands_between_post_and_name_of_the_signer(decision: bytes) -> None:
    content = finished(decision, has_fields=True).pdf
    page, (_, bottom, _, top) = fields_of(content)["chu_ky"]

    assert "CHỦ TỊCH" in words_between(content, page, top, top + 40)
    assert "Hoàng Đình Khuyến" in words_between(content, page, bottom - 30, bottom)
    assert "Khuyến" not in words_between(content, page, bottom + 1, top - 1)


def test_seal_has_its_real_size_and_covers_a_third_of_the_signature_from_the_left(
    decision: bytes,
) -> None:
    found = fields_of(finished(decision, has_fields=True).pdf)
    page, (left, bottom, right, top) = found["chu_ky"]
    seal_page, (seal_left, seal_bottom, seal_right, seal_top) = found["dau_co_quan"]

    assert seal_page == page
    assert (seal_right - seal_left) / MM == pytest.approx(36, abs=0.1)
    assert (seal_top - seal_bottom) / MM == pytest.approx(36, abs=0.1)
    assert (seal_right - left) / (right - left) == pytest.approx(1 / 3, abs=0.01)
    assert seal_left < left
    assert (seal_top + seal_bottom) / 2 == pytest.approx((top + bottom) / 2, abs=0.1)


def test_a_file_that_has_no_place_to_sign_is_refused(decision: bytes) -> None:
    members = archive.read_members(decision)
    for name in ("word/document.xml", "word/styles.xml"):
        members[name] = members[name].replace(b"SigningSpace", b"SomethingElse")

    with pytest.raises(ConversionFailed, match="Không tìm thấy chỗ ký"):
        finished(archive.write_members(members), has_fields=True)


def test_signer_and_office_sign_one_after_the_other_in_these_fields(decision: bytes) -> None:
    content = finished(decision, has_fields=True, is_archival=True).pdf
    signer = _signer()
    for name in ("chu_ky", "dau_co_quan"):
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        metadata = signers.PdfSignatureMetadata(field_name=name)
        signed = signers.sign_pdf(writer, metadata, signer=signer, existing_fields_only=True)
        content = signed.getvalue()

    reader = PdfFileReader(io.BytesIO(content))
    trusted = ValidationContext(trust_roots=[signer.signing_cert], allow_fetching=False)
    statuses = [
        validation.validate_pdf_signature(one, signer_validation_context=trusted)
        for one in reader.embedded_signatures
    ]
    assert [one.field_name for one in reader.embedded_signatures] == ["chu_ky", "dau_co_quan"]
    assert all(status.intact and status.valid and status.trusted for status in statuses)
    assert all(status.bottom_line for status in statuses)
    assert fields.enumerate_sig_fields(reader, filled_status=False) is not None


def test_an_archive_file_names_its_level_its_colours_and_itself(decision: bytes) -> None:
    named = Properties(title="Quyết định 210/QĐ-UBND", author="Phường Hai Bà Trưng")
    content = pdf.convert(decision, properties=named, finish=Finish(is_archival=True)).pdf

    with pikepdf.open(io.BytesIO(content)) as opened:
        with opened.open_metadata() as metadata:
            assert metadata.pdfa_status == "2B"
            assert metadata["dc:title"] == str(opened.docinfo["/Title"]) == named.title
            assert metadata["dc:creator"] == [named.author]
            assert set(metadata["dc:language"]) == {"vi"}
        (intent,) = opened.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert "/ID" in opened.trailer
        _check_fonts(opened)


def _check_fonts(opened: pikepdf.Pdf) -> None:
    """Every font is embedded and leads back to Unicode; none has an encoding besides its own."""
    seen = set()
    for page in opened.pages:
        for font in page.Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor
            assert "/ToUnicode" in font
            assert "/Encoding" not in font
            seen.add(str(font.BaseFont))
    assert seen
    assert not any("Helvetica" in name for name in seen)


def test_equal_files_give_equal_bytes_with_fields_and_marks(decision: bytes) -> None:
    asked = {"is_archival": True, "has_fields": True, "code": "https://ubnd.example/k/7"}

    assert finished(decision, **asked).pdf == finished(decision, **asked).pdf


def test_nothing_asked_for_changes_nothing(decision: bytes) -> None:
    assert finished(decision).pdf == pdf.convert(decision).pdf


def test_a_code_stands_outside_the_text_and_can_be_counted_out(decision: bytes) -> None:
    layout = pdf.lay_out(decision)
    before = len(layout.pages[0].items)
    stamp_code(layout, "https://ubnd.example/kiem-tra/AB12")
    drawn = layout.pages[0].items[before:]

    left = min(item.x for item in drawn)  # type: ignore[union-attr]
    right = max(item.x + item.width for item in drawn)  # type: ignore[union-attr]
    assert left / MM == pytest.approx(6, abs=0.1)
    assert right / MM < 30
    image = Image.open(io.BytesIO(pdf.page_png(layout, 0, width=1800))).convert("L")
    scale = 1800 / layout.pages[0].width
    corner = (left * scale, (layout.pages[0].height - 24 * MM) * scale)
    modules = image.crop((round(corner[0]), round(corner[1]), round(right * scale), image.height))
    assert modules.getextrema() == (0, 255)


def test_a_field_is_not_put_where_libreoffice_laid_the_paper_out(decision: bytes) -> None:
    with pytest.raises(ConversionFailed, match="bộ dàn trang của chương trình"):
        pdf.convert(decision, engine=pdf.Engine.LIBREOFFICE, finish=Finish(has_fields=True))


def _signer() -> signers.SimpleSigner:
    """A signer with a certificate made for this test."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Hoàng Đình Khuyến (thử)")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    packed = serialization.pkcs12.serialize_key_and_certificates(
        b"test", key, certificate, None, serialization.NoEncryption()
    )
    made = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=None)
    assert made is not None
    return made
