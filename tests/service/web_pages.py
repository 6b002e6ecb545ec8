"""How a test reads a page, types into its form and sends it: a browser without a screen."""

import re
from io import BytesIO
from itertools import pairwise

import docx
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from records import documents
from service.intake.documents import parse_draft, parse_issue
from service.workflow import drafting, issuing
from service.workflow.desk import Desk

SCHOOL = "truong-tieu-hoc-hoa-phuong"


def page_of(answer: TestResponse) -> html.HtmlElement:
    """Read a page, and see to what every page of ours must have."""
    text = answer.get_data(as_text=True)
    page = html.document_fromstring(text)
    assert page.get("lang") == "vi"
    assert page.findtext(".//title").strip()
    assert len(page.findall(".//h1")) == 1
    assert page.xpath("//a[@class='skip-link']/@href") == ["#noi-dung"]
    assert not page.xpath("//style | //*[@style] | //iframe")
    assert [one.partition("?")[0] for one in page.xpath("//script/@src")] == ["/static/trinhky.js"]
    assert not page.xpath("//script/text()")
    addresses = page.xpath("//@href | //@src | //@action")
    assert not [
        one for one in addresses if re.match(r"(?!data:,|data:image/png;base64,)(\w+:)|//", one)
    ]
    labelled = set(page.xpath("//label/@for"))
    shown = page.xpath("//input[not(@type='hidden')]/@id | //select/@id | //textarea/@id")
    assert set(shown) == labelled
    for described in page.xpath("//@aria-describedby"):
        assert all(page.get_element_by_id(one) is not None for one in described.split())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(head.get("scope") for head in page.iter("th"))
    levels = [int(head.tag[1]) for head in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert "None" not in page.text_content()
    return page


def get(client: FlaskClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return page_of(answer)


def values_of(page: html.HtmlElement, at: int = 0) -> dict[str, str]:
    """Give what a browser would send of a form as it stands."""
    fields: dict[str, str] = {}
    for field in page.xpath("//main//form")[at].xpath(".//input | .//select | .//textarea"):
        value = field.value
        fields[field.name] = value.removeprefix("\n") if value else ""
    return fields


def errors_beside(page: html.HtmlElement, name: str) -> str:
    field = page.get_element_by_id(name)
    assert field.get("aria-invalid") == "true"
    assert f"{name}-loi" in field.get("aria-describedby").split()
    assert page.xpath(f"//*[@role='alert']//a[@href='#{name}']")
    return " ".join(page.get_element_by_id(f"{name}-loi").text_content().split())


def draft(client: FlaskClient, dossier_id: int, **changes: str) -> TestResponse:
    address = f"/ho-so/{dossier_id}/to-trinh"
    return client.post(address, data={**values_of(get(client, address)), **changes})


def drafted(client: FlaskClient, dossier_id: int, **changes: str) -> str:
    """Draft the Tờ trình as it is proposed; gives the address of its page."""
    answer = draft(client, dossier_id, **changes)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def count_documents(desk: Desk) -> int:
    with desk.reading() as session:
        return documents.list_documents(session)[1]


def text_of(answer: TestResponse) -> str:
    word = docx.Document(BytesIO(answer.data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([p.text for p in word.paragraphs] + cells).split())


def give_number(desk: Desk) -> None:
    """Let somebody else take the next number of the school's book."""
    paper = {
        "kind": "submission",
        "abstract": "Về việc khác",
        "addressees": ["Ủy ban nhân dân Phường Hai Bà Trưng"],
        "body": "Kính trình xem xét.",
    }
    made = drafting.draft(desk, parse_draft({"body": SCHOOL, "paper": paper}), by="test")
    issuing.issue(desk, made.document_id, parse_issue({}), by="test")
