"""The signature block: with whose authority, in what post, who.

Source: Nghị định 30/2020/NĐ-CP, Điều 13; Phụ lục I, Phần I, mục II.7.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from doc_templates import compounds, decree30, typeface
from doc_templates.errors import PaperFault
from doc_templates.paper import Signature, SigningMode

#: The signer's half of the last row.
COLUMN_MM: Final = 97.0
#: Modes in which the signer's own post stands on a line of its own.
_NEEDS_POST = frozenset({SigningMode.FOR_HEAD, SigningMode.BY_ORDER, SigningMode.BY_AUTHORISATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """What a signature block prints. `lines` stand above the signature, the rest below."""

    lines: tuple[str, ...]
    office_post: str
    name: str


def make_signature(signature: Signature) -> SignatureBlock:
    """Set the lines of the signature block, in the order of the decree's table."""
    return SignatureBlock(
        lines=tuple(map(_fitted, _lines(signature))),
        office_post=_fitted(signature.office_post.upper()),
        name=signature.name,
    )


def _lines(signature: Signature) -> Iterator[str]:
    head, post = _without(signature.mode, signature.head), signature.post.upper()
    if signature.on_behalf_of:
        yield f"TM. {_without('TM.', signature.on_behalf_of)}"
    match signature.mode:
        case SigningMode.OWN:
            yield head or post
        case SigningMode.ACTING:
            yield f"Q. {head or post}"
        case SigningMode.FOR_HEAD | SigningMode.BY_AUTHORISATION:
            yield f"{signature.mode} {head}"
            yield post
        case SigningMode.BY_ORDER:
            yield f"{signature.mode} {head}"
            if signature.acting_for:
                yield f"KT. {_without('KT.', signature.acting_for)}"
            yield post


def _fitted(post: str) -> str:
    """Hold the words of a post together that is too long for one line."""
    lettering = decree30.SIGNING_AUTHORITY
    width = typeface.width_mm(post, size_pt=lettering.chosen_pt, bold=lettering.bold)
    return post if width <= COLUMN_MM else compounds.hold_words(post)


def _without(prefix: str, typed: str) -> str:
    """Print in capitals, without the prefix that the form itself sets before it."""
    return typed.strip().upper().removeprefix(prefix).lstrip()


def find_faults(signature: Signature) -> Iterator[PaperFault]:
    """Find what cannot be signed so; the pointers start at "/signature"."""
    if signature.mode not in _NEEDS_POST and not signature.head and not signature.post:
        yield PaperFault(
            pointer="/signature/head",
            code="post-missing",
            message="Cần chức vụ của người có thẩm quyền ký, ví dụ “CHỦ TỊCH”.",
        )
    if signature.mode in _NEEDS_POST:
        for field, value, what in (
            ("head", signature.head, "chức vụ của người đứng đầu đứng sau"),
            ("post", signature.post, "chức vụ của chính người ký, ghi ở dòng dưới"),
        ):
            if not value:
                yield PaperFault(
                    pointer=f"/signature/{field}",
                    code="post-missing",
                    message=f"Ký “{signature.mode}” thì phải có {what} “{signature.mode}”.",
                )
    if signature.on_behalf_of and signature.mode in (
        SigningMode.BY_ORDER,
        SigningMode.BY_AUTHORISATION,
    ):
        yield PaperFault(
            pointer="/signature/on_behalf_of",
            code="authority-contradictory",
            message=f"Không ghi “TM.” cùng với “{signature.mode}”: bỏ một trong hai.",
        )
    if signature.acting_for and signature.mode is not SigningMode.BY_ORDER:
        yield PaperFault(
            pointer="/signature/acting_for",
            code="authority-contradictory",
            message="“Ký thay cho” chỉ dùng khi ký “TL.” (thừa lệnh).",
        )
