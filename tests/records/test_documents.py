"""Drafts change, issued documents do not; a mistake is answered by a new document."""

# ruff: noqa: PT012  a refusal may come as late as the commit, so all of it stands under raises

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from record_samples import NOW, issue, make_body, make_draft, make_making, take_number
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from records import audit, blobs, documents, registers, versions
from records.documents import Attachment, DocumentState
from records.errors import (
    AlreadyIssued,
    BytesDamaged,
    Conflict,
    DocumentFrozen,
    NotFound,
    ReasonMissing,
    StateRefused,
)
from records.registers import EntryState

TAMPERING = [
    "UPDATE documents SET abstract = 'khác'",
    "UPDATE documents SET paper = '{}'",
    "UPDATE documents SET number = 2, symbol = '02/TTr-UBND'",
    "UPDATE documents SET issued_on = '2025-01-01'",
    "UPDATE documents SET state = 'draft', issued_n = NULL",
    "UPDATE documents SET ended_reason = 'x'",
    "DELETE FROM documents",
    "UPDATE document_versions SET engine = 'x'",
    "DELETE FROM document_versions",
    "UPDATE blobs SET content = 'x'",
    "DELETE FROM blobs",
    "UPDATE register_entries SET number = 2",
    "UPDATE register_entries SET issued_on = '2025-01-01'",
    "DELETE FROM register_entries",
    "UPDATE registers SET last = 0, last_on = NULL",
    "UPDATE registers SET last = 5",
    "UPDATE registers SET first = 2",
    "DELETE FROM registers",
    "UPDATE audit_entries SET actor = 'x'",
    "DELETE FROM audit_entries",
    "UPDATE audit_heads SET n = 0",
    "DELETE FROM audit_heads",
]


@pytest.fixture
def body(store):
    with store.transaction() as session:
        return make_body(session)


@pytest.fixture
def issued(store, body):
    with store.transaction() as session:
        document = make_draft(session, body)
        issue(session, document)
    return document


def test_a_draft_changes_and_each_making_of_it_is_kept(store, body):
    with store.transaction() as session:
        draft = make_draft(session, body)
        documents.keep_version(session, draft, make_making(b"one"), by="thanh", at=NOW)
        documents.amend_draft(session, draft, paper={"abstract": "mới"}, by="thanh", at=NOW)
        documents.keep_version(session, draft, make_making(b"two"), by="thanh", at=NOW)

    with store.reading() as session:
        found = documents.get_document(session, draft.id)
        made = versions.versions_of(session, draft.id)
        assert found.paper == {"abstract": "mới"}
        assert [blobs.read_bytes(session, one.sha256) for one in made] == [b"one", b"two"]
        with pytest.raises(NotFound):
            documents.issued_version(session, found)


def test_an_issued_document_has_number_date_version_and_bytes(store, issued):
    with store.reading() as session:
        document = documents.get_document(session, issued.id)
        version = documents.issued_version(session, document)
        entry = registers.entry_of(session, document.id)

        assert document.state is DocumentState.ISSUED
        assert (document.number, document.symbol) == (1, "01/TTr-UBND")
        assert document.issued_on == date(2025, 10, 10)
        assert entry.sha256 == version.sha256 == hashlib.sha256(b"docx").hexdigest()
        assert blobs.read_bytes(session, version.sha256) == b"docx"
        assert version.paper == document.paper


def test_an_issued_document_is_not_issued_amended_or_made_again(store, issued):
    for act in (
        lambda session: documents.amend_draft(session, issued, abstract="x", by="t", at=NOW),
        lambda session: documents.keep_version(session, issued, make_making(), by="t", at=NOW),
        lambda session: issue(session, issued),
    ):
        with pytest.raises(AlreadyIssued) as told, store.transaction() as session:
            act(session)

    assert told.value.symbol == "01/TTr-UBND"


def test_the_line_in_the_book_must_be_of_these_very_bytes(store, body):
    with pytest.raises(Conflict), store.transaction() as session:
        draft = make_draft(session, body)
        entry = take_number(session, body, content=b"one", document_id=draft.id)
        documents.issue(session, draft, make_making(b"two"), entry=entry, by="thanh", at=NOW)

    with store.reading() as session:
        assert registers.preview(session, body, "chung", 2025) == 1


def test_an_annex_goes_out_with_its_paper_and_has_no_number(store, body):
    with store.transaction() as session:
        submission = make_draft(session, body)
        extract = make_draft(session, body, kind="profile_extract", attached_to_id=submission.id)
        annex = Attachment(document=extract, making=make_making(b"annex"))
        issue(session, submission, attachments=(annex,))

    with store.reading() as session:
        found = documents.annexes_of(session, submission)[0]
        assert (found.state, found.number, found.symbol) == (DocumentState.ISSUED, None, None)
        assert found.issued_on == date(2025, 10, 10)
        assert registers.entry_of(session, found.id) is None


def test_an_annex_of_another_paper_is_refused(store, body):
    with pytest.raises(Conflict, match="không kèm theo"), store.transaction() as session:
        submission, stranger = make_draft(session, body), make_draft(session, body)
        annex = Attachment(document=stranger, making=make_making(b"annex"))
        issue(session, submission, attachments=(annex,))


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ("replaces_id", DocumentState.REPLACED),
        ("recalls_id", DocumentState.RECALLED),
        ("corrects_id", DocumentState.ISSUED),
    ],
)
def test_a_new_document_answers_for_a_mistake_and_the_old_one_keeps_number_and_bytes(
    store, body, issued, link, state
):
    with store.transaction() as session:
        newer = make_draft(session, body, **{link: issued.id})
        issue(session, newer, content=b"newer")

    with store.reading() as session:
        older = documents.get_document(session, issued.id)
        assert older.state is state
        assert (older.number, older.issued_on) == (1, date(2025, 10, 10))
        kept = documents.issued_version(session, older)
        assert blobs.read_bytes(session, kept.sha256) == b"docx"
        assert getattr(documents.get_document(session, newer.id), link) == issued.id


def test_only_a_document_in_force_is_replaced(store, body, issued):
    with store.transaction() as session:
        first, second = (make_draft(session, body, replaces_id=issued.id) for _ in range(2))
        issue(session, first, content=b"first")

    with pytest.raises(StateRefused), store.transaction() as session:
        issue(session, documents.get_document(session, second.id), content=b"second")


def test_cancelling_an_issued_document_cancels_its_number_and_keeps_both(store, issued):
    with store.transaction() as session:
        document = documents.get_document(session, issued.id)
        documents.cancel(session, document, reason="ký nhầm người", by="thanh", at=NOW)

    with store.reading() as session:
        document = documents.get_document(session, issued.id)
        entry = registers.entry_of(session, issued.id)
        assert (document.state, entry.state) == (DocumentState.CANCELLED, EntryState.CANCELLED)
        assert (document.number, entry.cancelled_reason) == (1, "ký nhầm người")
        assert documents.issued_version(session, document).n == 1


def test_cancelling_needs_a_reason_and_happens_once(store, body):
    with store.transaction() as session:
        draft = make_draft(session, body)
        with pytest.raises(ReasonMissing):
            documents.cancel(session, draft, reason="", by="thanh", at=NOW)
        documents.cancel(session, draft, reason="bỏ", by="thanh", at=NOW)
        with pytest.raises(StateRefused):
            documents.cancel(session, draft, reason="bỏ", by="thanh", at=NOW)
        with pytest.raises(StateRefused):
            documents.amend_draft(session, draft, abstract="x", by="thanh", at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"paper": {"abstract": "khác"}},
        {"abstract": "khác"},
        {"number": 2},
        {"symbol": "02/TTr-UBND"},
        {"issued_on": date(2025, 1, 1)},
        {"state": DocumentState.DRAFT},
        {"state": DocumentState.RECALLED},
        {"updated_by": "ai đó"},
    ],
)
def test_an_issued_document_refuses_changes_by_hand(store, issued, change):
    with pytest.raises(DocumentFrozen) as told, store.transaction() as session:
        document = documents.get_document(session, issued.id)
        for column, value in change.items():
            setattr(document, column, value)
        session.flush()

    assert told.value.columns == tuple(change)


def test_a_draft_is_not_issued_by_hand(store, body):
    with pytest.raises(DocumentFrozen), store.transaction() as session:
        make_draft(session, body).state = DocumentState.ISSUED
        session.flush()


def test_issued_rows_are_not_deleted_by_hand(store, issued):
    with store.reading() as session:
        version = documents.issued_version(session, documents.get_document(session, issued.id))
    for kind, key in (
        (documents.Document, issued.id),
        (documents.DocumentVersion, version.id),
        (blobs.Blob, version.sha256),
        (audit.AuditEntry, (issued.body_id, 1)),
    ):
        with pytest.raises(DocumentFrozen), store.transaction() as session:
            session.delete(session.get_one(kind, key))


def test_a_version_is_not_changed_by_hand(store, issued):
    with pytest.raises(DocumentFrozen) as told, store.transaction() as session:
        documents.issued_version(session, issued).engine = "9"

    assert told.value.columns == ("engine",)


def test_the_database_refuses_changes_of_issued_rows_by_raw_sql(store, issued):
    let_through = []

    for statement in TAMPERING:
        try:
            with store.transaction() as session:
                session.execute(text(statement))
        except IntegrityError:
            continue
        let_through.append(statement)

    assert let_through == []


def test_a_cancelled_number_is_not_revived_by_raw_sql(store, issued):
    with store.transaction() as session:
        document = documents.get_document(session, issued.id)
        documents.cancel(session, document, reason="nhầm", by="thanh", at=NOW)

    for statement in (
        "UPDATE register_entries SET state = 'active', cancelled_reason = NULL",
        "UPDATE register_entries SET cancelled_reason = 'khác'",
        "UPDATE documents SET state = 'issued'",
    ):
        with pytest.raises(IntegrityError, match="refused"), store.transaction() as session:
            session.execute(text(statement))


def test_an_issued_row_is_not_replaced_on_sqlite_either(sqlite_store):
    store = sqlite_store
    with store.transaction() as session:
        issue(session, make_draft(session, make_body(session)))

    for table in ("documents", "document_versions", "register_entries", "blobs", "audit_entries"):
        with pytest.raises(IntegrityError, match="insert refused"), store.transaction() as session:
            session.execute(text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


@pytest.mark.postgres
def test_issued_rows_are_not_truncated_on_postgresql(postgres_store):
    store = postgres_store
    with store.transaction() as session:
        issue(session, make_draft(session, make_body(session)))

    for table in ("register_entries", "document_versions", "audit_entries"):
        with pytest.raises(IntegrityError, match="refused"), store.transaction() as session:
            session.execute(text(f"TRUNCATE {table} CASCADE"))


def test_a_draft_and_its_making_may_still_be_thrown_away(store, body):
    with store.transaction() as session:
        draft = make_draft(session, body)
        documents.keep_version(session, draft, make_making(), by="thanh", at=NOW)

    with store.transaction() as session:
        session.execute(text("DELETE FROM document_versions"))
        session.execute(text("DELETE FROM documents"))
        session.execute(text("DELETE FROM blobs"))

    with store.reading() as session:
        assert documents.list_documents(session) == ((), 0)


def test_damaged_bytes_are_never_handed_out(store, issued):
    wrong = "f" * 64
    with store.transaction() as session:
        session.execute(
            text("INSERT INTO blobs (sha256, content, size) VALUES (:sha256, :content, 3)"),
            {"sha256": wrong, "content": b"abc"},
        )

    with store.reading() as session:
        with pytest.raises(BytesDamaged):
            blobs.read_bytes(session, wrong)
        with pytest.raises(NotFound):
            blobs.read_bytes(session, "e" * 64)


def test_lists_are_paged_and_filtered(store, body):
    with store.transaction() as session:
        made = [make_draft(session, body).id for _ in range(3)]
        issue(session, make_draft(session, body, kind="plan"))

    with store.reading() as session:
        rows, total = documents.list_documents(session, kind="submission", page=1, size=2)
        plans, _ = documents.list_documents(session, state=DocumentState.ISSUED)

    assert ([row.id for row in rows], total) == ([made[2], made[1]], 3)
    assert [row.kind for row in plans] == ["plan"]


def test_every_act_on_a_document_is_in_the_audit(store, issued):
    with store.transaction() as session:
        document = documents.get_document(session, issued.id)
        documents.cancel(session, document, reason="nhầm", by="thanh", at=NOW)

    with store.reading() as session:
        acts = [one.action for one in audit.entries_about(session, "document", issued.id)]
        assert acts == ["document.drafted", "document.issued", "document.cancelled"]
        assert audit.verify_chain(session, issued.body_id) == []
