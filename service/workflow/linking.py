"""What a draft is linked to: all of it is there, and an annex goes with a paper that takes it."""

from typing import Any, Final

from sqlalchemy.orm import Session

from doc_templates import catalogue
from doc_templates.kinds import DocumentKind
from records import bodies, documents, dossiers
from records.bodies import IssuingBody
from records.documents import Document, DocumentState
from records.dossiers import Dossier
from service.intake.documents import DraftEntry
from service.intake.fields import EntryInvalid, FieldError

_PLACE: Final = "/attached_to"


def has_number(kind: str) -> bool:
    """Tell whether papers of this kind carry a number of their own."""
    return kind in set(DocumentKind)


def check_links(
    session: Session, entry: DraftEntry, body: IssuingBody, *, lock: bool = False
) -> None:
    """See to it that a draft may be linked as asked; with `lock` it stays so.

    Raises:
        NotFound: the dossier or a linked document is not there.
        EntryInvalid: the paper cannot go with the one it shall be attached to, or what it is
            linked to is another body's.
    """
    if entry.dossier is not None:
        dossier = dossiers.get_dossier(session, entry.dossier)
        if entry.paper.get("kind") == DocumentKind.DECISION:
            _check_decided_here(session, dossier, body)
    for name in ("corrects", "replaces", "recalls"):
        if (older_id := getattr(entry, name)) is not None:
            older = documents.get_document(session, older_id)
            _check_own(session, f"/{name}", older, body)
    if entry.attached_to is not None:
        main = documents.get_document(session, entry.attached_to, lock=lock)
        _check_annex(session, str(entry.paper.get("kind", "")), main, body)


def check_agreed(dossier: Dossier | None, filled: dict[str, Any]) -> None:
    """See to it that a decision on a dossier has a list.

    Raises:
        EntryInvalid: nobody was agreed to, and the clerk wrote no list.
    """
    is_decision = filled.get("kind") == DocumentKind.DECISION
    if dossier is None or not is_decision or filled.get("nominees"):
        return
    raise _fault(
        "/dossier",
        code="nobody-agreed",
        message=f"Hồ sơ {dossier.id} chưa có ai được Hội đồng đồng ý nên Quyết định sẽ không có "
        f"danh sách. Hội đồng đã đồng ý thì ghi nhận bằng lệnh “trinhky agree {dossier.id}” hoặc "
        "trên trang của hồ sơ rồi lập lại; hoặc ghi danh sách vào mục nominees.",
    )


def _check_own(session: Session, pointer: str, older: Document, body: IssuingBody) -> None:
    """A body answers for its own papers and for those of the bodies that it follows."""
    owner = session.get_one(IssuingBody, older.body_id)
    if bodies.follows(session, body, owner):
        return
    raise _fault(
        pointer,
        code="older-of-other-body",
        message=f"Văn bản {older.id} là của {owner.full_name}; {body.full_name} không đính chính, "
        "thay thế hoặc thu hồi được.",
    )


def _check_decided_here(session: Session, dossier: Dossier, body: IssuingBody) -> None:
    """A body decides on what was filed with it or with a body that it follows."""
    receiving = session.get_one(IssuingBody, dossier.body_id)
    if bodies.follows(session, body, receiving):
        return
    raise _fault(
        "/dossier",
        code="dossier-of-other-body",
        message=f"Hồ sơ {dossier.id} nộp cho {receiving.full_name}; {body.full_name} không ban "
        "hành quyết định về hồ sơ này.",
    )


def _check_annex(session: Session, kind: str, main: Document, body: IssuingBody) -> None:
    if has_number(kind):
        raise _fault(
            _PLACE,
            code="annex-numbered",
            message=f"{DocumentKind(kind).title} có số riêng trong sổ nên không ban hành kèm theo "
            "văn bản khác được; hãy bỏ mục này.",
        )
    title = catalogue.get_form(main.kind).title
    if main.attached_to_id is not None or not has_number(main.kind):
        raise _fault(
            _PLACE,
            code="annex-of-annex",
            message=f"Văn bản {main.id} ({title}) không có số riêng nên không văn bản nào kèm theo "
            "nó được; hãy ghi số thứ tự của văn bản chính.",
        )
    if main.state is not DocumentState.DRAFT:
        symbol = f" số {main.symbol}" if main.symbol else ""
        raise _fault(
            _PLACE,
            code="annex-too-late",
            message=f"Văn bản {main.id} ({title}{symbol}) {main.state.label.lower()}, không kèm "
            "thêm văn bản vào được nữa; hãy kèm theo một dự thảo.",
        )
    if main.body_id != body.id:
        owner = session.get_one(IssuingBody, main.body_id)
        raise _fault(
            _PLACE,
            code="annex-of-other-body",
            message=f"Văn bản {main.id} ({title}) là của {owner.full_name}, không phải của "
            f"{body.full_name}; văn bản kèm theo phải cùng cơ quan ban hành.",
        )


def _fault(pointer: str, *, code: str, message: str) -> EntryInvalid:
    return EntryInvalid([FieldError(pointer=pointer, code=code, message=message)])
