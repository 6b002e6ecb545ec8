"""Which date an issued paper bears: the one asked for, else that of its draft, else today."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from records.errors import DateInFuture
from service.workflow import drafting
from service.workflow.desk import Desk
from tests.factories import WARD, issue, make_draft, paper_of

#: The desk of these tests stands on 9 October 2026.
PLANNED = "2026-10-05"


def make_planned(desk: Desk, on: str = PLANNED) -> int:
    return make_draft(desk, paper=paper_of(issued_on=on)).document_id


def test_draft_with_a_date_is_issued_on_that_day(desk: Desk) -> None:
    done = issue(desk, make_planned(desk))

    assert done.issued_on == date(2026, 10, 5)


def test_date_asked_for_goes_before_that_of_the_draft(desk: Desk) -> None:
    done = issue(desk, make_planned(desk), issued_on="07/10/2026")

    assert done.issued_on == date(2026, 10, 7)


def test_draft_without_a_date_is_issued_today(desk: Desk) -> None:
    done = issue(desk, make_draft(desk).document_id)

    assert done.issued_on == date(2026, 10, 9)


def test_date_of_a_draft_that_was_changed_is_the_last_one_written(desk: Desk) -> None:
    draft = make_planned(desk)
    drafting.amend(desk, draft, {"issued_on": "2026-10-06"}, by="test")

    assert issue(desk, draft).issued_on == date(2026, 10, 6)


def test_planned_day_that_has_not_come_is_refused_and_said(desk: Desk) -> None:
    with pytest.raises(DateInFuture) as refused:
        issue(desk, make_planned(desk, "2026-10-30"))

    assert "30/10/2026" in str(refused.value)


def test_number_is_that_of_the_year_of_the_planned_day(desk: Desk) -> None:
    issue(desk, make_draft(desk).document_id)

    done = issue(desk, make_planned(desk, "2025-12-31"), key="k")
    again = issue(desk, done.document_id, key="k")

    assert (done.number, done.issued_on.year) == (1, 2025)
    assert again.is_replay


def test_other_systems_issue_on_the_planned_day_too(client: FlaskClient) -> None:
    paper = paper_of(issued_on=PLANNED)
    draft = client.post("/api/v1/documents", json={"body": WARD, "paper": paper})

    done = client.post(f"{draft.headers['Location']}/issue")

    assert done.get_json()["issued_on"] == PLANNED


def test_page_of_a_draft_offers_its_planned_day(client: FlaskClient, desk: Desk) -> None:
    draft = make_planned(desk)

    page = client.get(f"/van-ban/{draft}").get_data(as_text=True)

    assert 'name="issued_on" value="05/10/2026"' in page
