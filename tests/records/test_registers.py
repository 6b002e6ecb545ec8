"""Numbers: without gap, never twice, in the order of their dates."""

# ruff: noqa: PT012  a refusal may come as late as the commit, so all of it stands under raises

from __future__ import annotations

import random
import threading
from datetime import date

import pytest
from record_samples import NOW, TODAY, make_body, make_draft, make_line, take_number
from sqlalchemy.exc import IntegrityError

from records import audit, bodies, registers
from records.errors import (
    AlreadyIssued,
    Conflict,
    DateInFuture,
    DateOutOfOrder,
    DateOutsideYear,
    DocumentFrozen,
    KeyReused,
    NumberTaken,
    ReasonMissing,
    RegisterClosed,
    StateRefused,
)
from records.registers import EntryKind, EntryState


@pytest.fixture
def body(store):
    with store.transaction() as session:
        return make_body(session)


def test_numbers_run_from_one_without_a_gap(store, body):
    for _ in range(3):
        with store.transaction() as session:
            take_number(session, body)

    with store.reading() as session:
        register = registers.find_register(session, body, "chung", 2025)
        rows, total = registers.entries(session, register)
        assert [row.number for row in rows] == [1, 2, 3]
        assert total == 3
        assert registers.gaps(session, register) == ()
        assert registers.preview(session, body, "chung", 2025) == 4


def test_no_number_is_spent_when_the_transaction_fails(store, body):
    with pytest.raises(ZeroDivisionError), store.transaction() as session:
        take_number(session, body)
        raise ZeroDivisionError

    with store.reading() as session:
        assert registers.preview(session, body, "chung", 2025) == 1


def test_a_number_without_its_line_cannot_be_committed(store, body):
    with pytest.raises(Conflict, match="chưa ghi vào sổ"), store.transaction() as session:
        register = registers.lock(session, body, "chung", 2025)
        registers.allocate(session, register, on=TODAY, today=TODAY)

    with store.transaction() as session:
        assert take_number(session, body).number == 1


def test_a_line_needs_a_number_given_in_the_same_transaction(store, body):
    with store.transaction() as session:
        register = registers.lock(session, body, "chung", 2025)
        with pytest.raises(NumberTaken):
            registers.enter(session, register, 7, make_line(7), sha256="0" * 64, by="thanh", at=NOW)


def test_a_page_of_the_book_tells_how_many_lines_there_are(store, body):
    with store.transaction() as session:
        for _ in range(5):
            take_number(session, body)

    with store.reading() as session:
        register = registers.find_register(session, body, "chung", 2025)
        rows, total = registers.entries(session, register, page=2, size=2)

    assert [row.number for row in rows] == [3, 4]
    assert total == 5


def test_each_series_of_a_body_has_its_own_numbers(store, body):
    with store.transaction() as session:
        take_number(session, body)

    with store.reading() as session:
        assert registers.preview(session, body, "decision", 2025) == 1
        assert registers.preview(session, body, "chung", 2025) == 2


def test_the_year_of_the_document_chooses_the_book_also_after_new_year(store, body):
    january = date(2026, 1, 2)
    with store.transaction() as session:
        take_number(session, body, on=date(2025, 12, 31), today=january)
        take_number(session, body, on=january, today=january)
        take_number(session, body, on=date(2025, 12, 31), today=january)

    with store.reading() as session:
        books = registers.registers_of(session, body)

    assert [(book.year, book.last) for book in books] == [(2026, 1), (2025, 2)]


def test_a_date_of_another_year_than_the_book_is_refused(store, body):
    with store.transaction() as session:
        register = registers.lock(session, body, "chung", 2025)
        with pytest.raises(DateOutsideYear):
            registers.allocate(session, register, on=date(2026, 1, 1), today=date(2026, 1, 1))


def test_dates_never_go_down_as_numbers_go_up(store, body):
    with store.transaction() as session:
        take_number(session, body, on=date(2025, 10, 10))

    with pytest.raises(DateOutOfOrder) as told, store.transaction() as session:
        take_number(session, body, on=date(2025, 10, 9))

    assert (told.value.last, told.value.last_on) == (1, date(2025, 10, 10))
    assert "10/10/2025" in str(told.value)


def test_a_date_that_has_not_come_is_refused(store, body):
    with pytest.raises(DateInFuture), store.transaction() as session:
        take_number(session, body, on=date(2025, 10, 11), today=date(2025, 10, 10))


def test_a_closed_book_gives_no_number_until_it_is_opened_again(store, body):
    with store.transaction() as session:
        take_number(session, body)
        register = registers.lock(session, body, "chung", 2025)
        registers.close_year(session, register, by="thanh", at=NOW)

    with pytest.raises(RegisterClosed), store.transaction() as session:
        take_number(session, body)
    with store.transaction() as session:
        register = registers.lock(session, body, "chung", 2025)
        with pytest.raises(ReasonMissing):
            registers.reopen(session, register, reason=" ", by="thanh", at=NOW)
        registers.reopen(session, register, reason="còn văn bản ngày 31/12", by="thanh", at=NOW)
        assert take_number(session, body).number == 2


def test_the_same_key_finds_the_same_line_and_another_request_is_refused(store, body):
    with store.transaction() as session:
        entry = take_number(session, body, key="k-1", key_hash="a" * 64)

    with store.transaction() as session:
        registers.lock(session, body, "chung", 2025)
        again = registers.find_replay(session, body, "k-1", "a" * 64)
        nothing = registers.find_replay(session, body, "k-2", "a" * 64)
        with pytest.raises(KeyReused):
            registers.find_replay(session, body, "k-1", "b" * 64)

    assert again.id == entry.id
    assert nothing is None


def test_a_key_spent_meanwhile_is_a_conflict(store, body):
    with store.transaction() as session:
        take_number(session, body, key="k-1", key_hash="a" * 64)

    with pytest.raises(Conflict), store.transaction() as session:
        take_number(session, body, key="k-1", key_hash="a" * 64)


def test_one_document_stands_in_the_book_once(store, body):
    with store.transaction() as session:
        document = make_draft(session, body)
        take_number(session, body, document_id=document.id)

    with pytest.raises(AlreadyIssued), store.transaction() as session:
        take_number(session, body, document_id=document.id)


def test_a_book_taken_over_from_paper_goes_on_from_its_last_number(store, body):
    with store.transaction() as session:
        registers.open_register(session, body, "chung", 2025, first=358, by="thanh", at=NOW)

    with store.transaction() as session:
        entry = take_number(session, body)

    assert entry.number == 358


def test_a_book_that_has_given_numbers_is_not_opened_anew(store, body):
    with store.transaction() as session:
        take_number(session, body)

    with pytest.raises(Conflict), store.transaction() as session:
        registers.open_register(session, body, "chung", 2025, first=358, by="thanh", at=NOW)


def test_an_old_number_is_entered_below_the_first_with_a_reason(store, body):
    with store.transaction() as session:
        register = registers.open_register(
            session, body, "chung", 2025, first=358, by="thanh", at=NOW
        )
        entry = _enter_legacy(session, register, 357, suffix="a")

        with pytest.raises(NumberTaken):
            _enter_legacy(session, register, 357, suffix="a")
        with pytest.raises(NumberTaken, match="do sổ này cấp"):
            _enter_legacy(session, register, 358)
        with pytest.raises(ReasonMissing):
            _enter_legacy(session, register, 12, reason="")
        with pytest.raises(DateOutsideYear):
            _enter_legacy(session, register, 12, on=date(2024, 3, 1))

    assert (entry.entry_kind, entry.sha256) == (EntryKind.LEGACY, None)
    with store.reading() as session:
        assert registers.gaps(session, register) == ()


def test_a_cancelled_number_stays_cancelled_with_its_reason_and_is_never_reused(store, body):
    with store.transaction() as session:
        entry = take_number(session, body)
        registers.cancel(session, entry, reason="ký nhầm", by="thanh", at=NOW)

    with store.transaction() as session:
        following = take_number(session, body)
        with pytest.raises(StateRefused):
            kept = registers.get_entry(session, entry.id)
            registers.cancel(session, kept, reason="lần nữa", by="thanh", at=NOW)

    assert following.number == 2
    assert (entry.state, entry.cancelled_reason) == (EntryState.CANCELLED, "ký nhầm")


def test_a_cancellation_needs_a_reason(store, body):
    with store.transaction() as session:
        entry = take_number(session, body)
        with pytest.raises(ReasonMissing):
            registers.cancel(session, entry, reason="  ", by="thanh", at=NOW)


def test_a_line_cannot_be_changed_by_hand_but_its_delivery_can(store, body):
    with store.transaction() as session:
        entry = take_number(session, body)

    with store.transaction() as session:
        registers.get_entry(session, entry.id).sent_on = TODAY
    with pytest.raises(DocumentFrozen) as told, store.transaction() as session:
        registers.get_entry(session, entry.id).abstract = "khác"
    with pytest.raises(DocumentFrozen), store.transaction() as session:
        session.delete(registers.get_entry(session, entry.id))
    with pytest.raises(DocumentFrozen), store.transaction() as session:
        registers.lock(session, body, "chung", 2025).last = 9

    assert told.value.columns == ("abstract",)


def test_the_database_itself_refuses_a_line_without_bytes(store, body):
    with pytest.raises(IntegrityError), store.transaction() as session:
        register = registers.lock(session, body, "chung", 2025)
        session.add(
            registers.RegisterEntry(
                register_id=register.id,
                body_id=body.id,
                number=1,
                kind="submission",
                symbol="01/TTr-UBND",
                issued_on=TODAY,
                abstract="",
                entry_kind=EntryKind.ISSUED,
                entered_at=NOW,
                entered_by="thanh",
            )
        )
        session.flush()


def test_threads_with_random_rollbacks_leave_no_gap_and_no_duplicate(store, body):
    """Eight clerks, each failing now and then at a random step."""
    given: list[int] = []
    broken: list[BaseException] = []

    class Abort(Exception):
        pass

    def clerk(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(6):
            try:
                with store.transaction() as session:
                    entry = take_number(session, body)
                    if chance.random() < 0.3:
                        raise Abort
                given.append(entry.number)
            except Abort:
                pass
            except BaseException as error:
                broken.append(error)

    threads = [threading.Thread(target=clerk, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert sorted(given) == list(range(1, len(given) + 1))
    with store.reading() as session:
        register = registers.find_register(session, body, "chung", 2025)
        assert registers.gaps(session, register) == ()
        assert register.last == len(given)
        assert audit.verify_chain(session, body.id) == []


@pytest.mark.parametrize(
    ("policy", "kind", "series"),
    [
        ("common", "decision", "chung"),
        ("by_kind", "decision", "decision"),
        ("by_group", "decision", "quyet-dinh"),
        ("by_group", "plan", "chung"),
    ],
)
def test_the_policy_of_the_body_chooses_the_series(store, policy, kind, series):
    with store.transaction() as session:
        body = make_body(
            session,
            number_policy=bodies.NumberPolicy(policy),
            number_groups={"decision": "quyet-dinh"},
        )

    assert bodies.series_for(body, kind) == series


def _enter_legacy(session, register, number, *, on=TODAY, suffix="", reason="sổ giấy"):
    return registers.enter_legacy(
        session,
        register,
        number,
        make_line(number, on=on),
        suffix=suffix,
        reason=reason,
        by="thanh",
        at=NOW,
        today=TODAY,
    )
