"""What a PDF gets after its pages: the marks of an archive file, fields that wait for signatures.

Both are made with pikepdf and depend on nothing but the bytes given. Signing itself is the work
of the signer's own program, with his certificate; it must be the last step.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms

from doc_templates.layout.display import Box

_MM: Final = 72 / 25.4
#: The signature stands in the middle of its place, so wide and no higher than the place is.
_SIGNATURE_MM: Final = 60.0
#: A body's seal in its real size; the decree asks for no less and no more.
SEAL_MM: Final = 36.0
#: How much of the signature the seal covers, from the left.
#: Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.8.
SEAL_COVERS: Final = 1 / 3
_PRINTED: Final = 4
_SIGNATURES_EXIST: Final = 1
_CONDITION: Final = "sRGB IEC61966-2.1"
_LEAST_PT: Final = 10.0


def make_archival(pdf: bytes) -> bytes:
    """Make a PDF/A-2b of a PDF of our own writer: colours and metadata are named within it.

    What else PDF/A asks for the writer keeps always: fonts are embedded, every letter leads
    back to Unicode, nothing points outside.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            # XMP has no word for it, and PDF/A asks that both say the same.
            if "/Trapped" in opened.docinfo:
                del opened.docinfo["/Trapped"]
            metadata.load_from_docinfo(opened.docinfo)
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "B"
            metadata["dc:language"] = [str(opened.Root.get("/Lang", "vi"))]
        profile = opened.make_stream(_srgb(), N=3, Alternate=Name.DeviceRGB)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=_CONDITION,
            Info=_CONDITION,
            DestOutputProfile=opened.make_indirect(profile),
        )
        opened.Root.OutputIntents = Array([opened.make_indirect(intent)])
        return _save(opened)


def add_fields(pdf: bytes, boxes: Sequence[Box]) -> bytes:
    """Add an empty field for the signer and one for the body's seal at every place to sign.

    The fields are named `chu_ky` and `dau_co_quan`, further ones with a number behind.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fields = Array()
        places = [box for box in boxes if box.name == "signature"]
        for number, box in enumerate(places, start=1):
            end = f"_{number}" if number > 1 else ""
            page = opened.pages[box.page]
            height = float(page.mediabox[3])
            for name, label, rectangle in (
                (f"chu_ky{end}", "Chữ ký của người có thẩm quyền", _signature(box, height)),
                (f"dau_co_quan{end}", "Dấu của cơ quan, tổ chức", _seal(box, height)),
            ):
                field = _field(opened, page, name, label, rectangle)
                fields.append(field)
                if "/Annots" not in page.obj:
                    page.obj.Annots = Array()
                page.obj.Annots.append(field)
        if places:
            form = Dictionary(Fields=fields, SigFlags=_SIGNATURES_EXIST)
            opened.Root.AcroForm = opened.make_indirect(form)
        return _save(opened)


Rectangle = tuple[float, float, float, float]


def _signature(box: Box, page: float) -> Rectangle:
    width = min(_SIGNATURE_MM * _MM, box.width)
    left = box.x + (box.width - width) / 2
    bottom = page - box.y - max(box.height, _LEAST_PT)
    return left, bottom, left + width, page - box.y


def _seal(box: Box, page: float) -> Rectangle:
    left, bottom, right, top = _signature(box, page)
    size = SEAL_MM * _MM
    edge, middle = left + (right - left) * SEAL_COVERS, (bottom + top) / 2
    return edge - size, middle - size / 2, edge, middle + size / 2


def _field(
    opened: pikepdf.Pdf, page: pikepdf.Page, name: str, label: str, rectangle: Rectangle
) -> pikepdf.Object:
    left, bottom, right, top = (round(edge, 2) for edge in rectangle)
    look = opened.make_stream(
        b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, round(right - left, 2), round(top - bottom, 2)]),
        Resources=Dictionary(),
    )
    described = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Sig,
        T=name,
        TU=label,
        F=_PRINTED,
        P=page.obj,
        Rect=Array([left, bottom, right, top]),
        AP=Dictionary(N=opened.make_indirect(look)),
    )
    return opened.make_indirect(described)


def _save(opened: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    opened.save(buffer, deterministic_id=True, fix_metadata_version=False)
    return buffer.getvalue()


@cache
def _srgb() -> bytes:
    """Give the profile of sRGB; its day of making is left out, so that it is the same always."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = bytes(12)
    return bytes(made)
