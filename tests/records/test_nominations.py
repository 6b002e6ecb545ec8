"""Nominations, dossiers, grants, campaigns and the people they are about."""

from __future__ import annotations

from datetime import date

import pytest
from record_samples import NOW, issue, make_body, make_draft
from sqlalchemy.exc import IntegrityError

from records import audit, awards, campaigns, dossiers, grants, nominations, people
from records.awards import AwardTitle, Level, Subject
from records.base import PartialDate
from records.campaigns import Campaign
from records.dossiers import DossierState, PaperKind
from records.errors import NotFound, ReasonMissing, StateRefused
from records.nominations import NominationState

BY = {"by": "thanh", "at": NOW}


@pytest.fixture
def session(store):
    with store.transaction() as session:
        yield session


@pytest.fixture
def body(session):
    return make_body(session)


@pytest.fixture
def title(session):
    title = AwardTitle(
        key="nguoi-tot-viec-tot",
        name="Người tốt, việc tốt",
        for_individuals=True,
        level=Level.COMMUNE,
        rank=10,
        is_title=True,
    )
    session.add(title)
    session.flush()
    return title


@pytest.fixture
def nominate(session, body, title):
    def make(name="Nguyễn Thuỵ Ưu", **fields):
        return nominations.nominate(
            session,
            body.id,
            award_title_id=title.id,
            level=Level.COMMUNE,
            subject=Subject.INDIVIDUAL,
            name=name,
            **BY,
            **fields,
        )

    return make


def test_a_nomination_stands_by_itself_and_keeps_data_and_printed_form_apart(nominate, session):
    nomination = nominate(
        "Nguyễn Thuỵ Ưu",
        printed_name="NGUYỄN THỤY ƯU",
        birth=PartialDate(1980, 5),
        deed="Nhặt được của rơi, trả lại người mất." * 20,
        summary="Trả lại của rơi",
        past_awards=["Giấy khen năm 2023"],
    )
    session.expire_all()

    assert (nomination.shown_name, nomination.name) == ("NGUYỄN THỤY ƯU", "Nguyễn Thuỵ Ưu")
    assert nomination.birth == PartialDate(1980, 5)
    assert nomination.past_awards == ["Giấy khen năm 2023"]
    assert nomination.beyond_duty is None
    assert nomination.person_id is None


def test_a_nomination_goes_from_draft_to_award_and_each_step_is_logged(session, nominate):
    nomination = nominate()

    nominations.submit(session, nomination, **BY)
    nominations.return_(session, nomination, reason="thiếu nơi cư trú", **BY)
    nominations.amend(session, nomination, residence="Số 5 phố Huế", **BY)
    nominations.submit(session, nomination, **BY)
    nominations.accept(session, nomination, **BY)
    nominations.agree(session, nomination, **BY)
    nominations.grant(session, nomination, **BY)

    steps = [event.state.value for event in nominations.events_of(session, nomination)]
    assert steps == ["draft", "submitted", "returned", "submitted", "accepted", "agreed", "granted"]
    assert nominations.events_of(session, nomination)[2].reason == "thiếu nơi cư trú"
    assert audit.verify_chain(session, nomination.body_id) == []


def test_steps_are_not_skipped(session, nominate):
    nomination = nominate()

    with pytest.raises(StateRefused) as told:
        nominations.agree(session, nomination, **BY)

    assert (told.value.found, told.value.expected) == ("Nháp", ("Đã tiếp nhận",))
    assert nomination.state is NominationState.DRAFT


def test_what_lies_with_the_body_is_not_amended_by_the_unit(session, nominate):
    nomination = nominate()
    nominations.submit(session, nomination, **BY)

    with pytest.raises(StateRefused):
        nominations.amend(session, nomination, summary="khác", **BY)


@pytest.mark.parametrize("act", ["return_", "refuse", "withdraw"])
def test_an_unfavourable_step_needs_a_reason(session, nominate, act):
    nomination = nominate()

    with pytest.raises(ReasonMissing):
        getattr(nominations, act)(session, nomination, reason=" ", **BY)


def test_amending_the_name_amends_the_search_key(session, nominate):
    nomination = nominate("Nguyễn Thị Ánh")

    nominations.amend(session, nomination, name="Đặng Đức Huệ", **BY)

    assert nomination.folded_name == "dang duc hue"


def test_only_columns_of_the_line_are_amended(session, nominate):
    nomination = nominate()

    with pytest.raises(ValueError, match="state"):
        nominations.amend(session, nomination, state=NominationState.GRANTED, **BY)


def test_lists_are_paged_filtered_and_searched_without_accents(session, body, nominate):
    for name in ("Nguyễn Thuỵ Ưu", "Đặng Đức Huệ", "H’Hen Niê", "Đặng Thị Ưu"):
        nominate(name)

    rows, total = nominations.list_nominations(session, body_id=body.id, size=3)
    found, count = nominations.list_nominations(session, text="dang")

    assert [row.name for row in rows] == ["Đặng Thị Ưu", "H’Hen Niê", "Đặng Đức Huệ"]
    assert total == 4
    assert ([row.name for row in found], count) == (["Đặng Thị Ưu", "Đặng Đức Huệ"], 2)
    assert nominations.list_nominations(session, text="100%") == ((), 0)


def test_an_unknown_nomination_is_not_found(session):
    with pytest.raises(NotFound):
        nominations.get_nomination(session, 10**6)


def test_a_dossier_is_complete_when_all_required_papers_are_there(session, body):
    dossier = dossiers.open_dossier(session, body.id, title="Hồ sơ quý III", **BY)

    dossiers.receive_paper(session, dossier, PaperKind.SUBMISSION)
    dossiers.receive_paper(session, dossier, PaperKind.PROFILE_EXTRACT, note="02 bản")
    missing = dossiers.completeness(session, dossier).missing
    dossiers.receive_paper(session, dossier, PaperKind.RESIDENCE_CONFIRMATION)
    for _ in range(2):
        dossiers.receive_paper(session, dossier, PaperKind.OTHER)

    assert [paper.paper_kind for paper in missing] == [PaperKind.RESIDENCE_CONFIRMATION]
    assert dossiers.completeness(session, dossier).is_complete
    assert len(dossiers.papers_of(session, dossier)) == 5


def test_the_lines_of_a_dossier_keep_their_order_and_may_leave(session, body, nominate):
    dossier = dossiers.open_dossier(session, body.id, title="Hồ sơ", **BY)
    one, two, three = (nominate(name) for name in ("Một", "Hai", "Ba"))

    nominations.place(session, dossier.id, [three, one, two])
    nominations.place(session, dossier.id, [two, three])

    lines = nominations.lines_of(session, dossier.id)
    assert [(line.position, line.name) for line in lines] == [(1, "Hai"), (2, "Ba")]
    assert one.dossier_id is None


def test_a_dossier_moves_step_by_step_with_reasons_for_its_return(session, body):
    dossier = dossiers.open_dossier(session, body.id, title="Hồ sơ", **BY)

    dossiers.move(session, dossier, DossierState.SUBMITTED, **BY)
    with pytest.raises(ReasonMissing):
        dossiers.move(session, dossier, DossierState.RETURNED, **BY)
    with pytest.raises(StateRefused):
        dossiers.move(session, dossier, DossierState.DECIDED, **BY)
    dossiers.move(session, dossier, DossierState.ACCEPTED, **BY)

    assert dossier.received_at == NOW
    assert dossiers.list_dossiers(session, body_id=body.id) == ((dossier,), 1)


def test_a_grant_keeps_the_words_of_the_decision(session, body, title, nominate):
    decision = make_draft(session, body, kind="decision")
    issue(session, decision)
    nomination = nominate()
    person = people.register_person(session, "Nguyễn Thuỵ Ưu", **BY)

    grant = grants.record_grant(
        session,
        body.id,
        award_title_id=title.id,
        level=Level.COMMUNE,
        subject=Subject.INDIVIDUAL,
        name="Nguyễn Thuỵ Ưu",
        post="Tổ trưởng",
        decision="Quyết định số 01/QĐ-UBND ngày 10/10/2025",
        granted_on=date(2025, 10, 10),
        document_id=decision.id,
        nomination_id=nomination.id,
        person_id=person.id,
        sequence=1,
        **BY,
    )
    people.rename(session, person, "Nguyễn Thụy Ưu")

    assert grants.grants_by(session, decision.id) == (grant,)
    assert grants.grants_of(session, person_id=person.id) == (grant,)
    assert grants.grants_of(session, name="nguyen thuy uu") == (grant,)
    assert grants.grants_of(session) == ()
    assert grant.name == "Nguyễn Thuỵ Ưu"
    assert grants.list_grants(session, year=2025) == ((grant,), 1)
    assert grants.list_grants(session, year=2024) == ((), 0)


def test_one_nomination_is_granted_once(session, body, title, nominate):
    nomination = nominate()
    fields = {
        "award_title_id": title.id,
        "level": Level.COMMUNE,
        "subject": Subject.INDIVIDUAL,
        "name": nomination.name,
        "decision": "Quyết định số 01/QĐ-UBND",
        "granted_on": date(2025, 10, 10),
        "nomination_id": nomination.id,
    }
    grants.record_grant(session, body.id, **fields, **BY)

    with pytest.raises(IntegrityError):
        grants.record_grant(session, body.id, **fields, **BY)
    session.rollback()


def test_people_with_the_very_letters_typed_come_first(session):
    for name in ("Trần Thi Hoa", "Trần Thị Hoà", "Trần Thị Hóa", "TRẦN THỊ HOA"):
        people.register_person(session, name, **BY)

    exact_first = [person.name for person in people.find_people(session, "thị hoa")]
    by_key = people.find_people(session, "tran thi hoa")

    assert exact_first[0] == "TRẦN THỊ HOA"
    assert len(exact_first) == len(by_key) == 4
    assert people.find_people(session, "   ") == ()
    assert people.find_people(session, "hoa", subject=Subject.COLLECTIVE) == ()


def test_an_unknown_person_is_not_found(session):
    with pytest.raises(NotFound):
        people.get_person(session, 10**6)


def test_a_title_says_to_whom_it_may_go(session, title):
    assert title.allows(Subject.INDIVIDUAL)
    assert not title.allows(Subject.HOUSEHOLD)
    assert awards.titles(session, subject=Subject.COLLECTIVE) == ()
    assert awards.titles(session) == (title,)
    with pytest.raises(NotFound):
        awards.get_title(session, "huan-chuong")


def test_a_title_for_nobody_is_refused_by_the_database(session):
    session.add(AwardTitle(key="x", name="x", level=Level.STATE))

    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_campaign_is_open_from_its_first_to_its_last_day(session, body):
    quarter = Campaign(
        body_id=body.id,
        key="quy-3",
        name="Đợt quý III",
        opens_on=date(2025, 9, 1),
        closes_on=date(2025, 9, 19),
    )
    always = Campaign(body_id=body.id, key="dot-xuat", name="Khen đột xuất")
    session.add_all([quarter, always])
    session.flush()

    assert campaigns.campaigns_of(session, body) == (quarter, always)
    assert campaigns.campaigns_of(session, body, open_on=date(2025, 9, 19)) == (quarter, always)
    assert campaigns.campaigns_of(session, body, open_on=date(2025, 9, 20)) == (always,)
    assert campaigns.get_campaign(session, body, "quy-3") is quarter
    with pytest.raises(NotFound):
        campaigns.get_campaign(session, body, "quy-4")
