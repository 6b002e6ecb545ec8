"""What was proposed and granted, counted; as a sheet for Excel and as the Báo cáo to hand in."""

import io
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from sqlalchemy import select

from doc_templates import catalogue, wording
from doc_templates.kinds import DocumentKind
from records import bodies, campaigns
from records.awards import AwardTitle, Subject
from records.bodies import IssuingBody, Unit
from records.nominations import Nomination
from records.rules.quotas import Standing
from records.states import NominationState
from service.intake import papers
from service.workflow import composing, counting
from service.workflow.counting import Status
from service.workflow.desk import Desk

_OUT: Final = (NominationState.REFUSED, NominationState.WITHDRAWN)
_SHORT: Final = (Standing.SHORT, Standing.OPEN)
_OTHERS: Final = "Không qua đơn vị"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the statistics; counts are of nominations.

    `proposed` counts all that were filed, refused ones among them, withdrawn ones not.
    """

    award: str
    unit_type: str
    subject: str
    proposed: int
    agreed: int
    refused: int
    granted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """A campaign's nominations by award, sort of unit and subject; then by month."""

    lines: tuple[Line, ...]
    by_month: tuple[tuple[str, int, int], ...]
    """Month (`10/2026`), nominations made, awards granted."""

    def total(self, name: str) -> int:
        """Sum one column."""
        return sum(getattr(line, name) for line in self.lines)


def statistics(desk: Desk, body_key: str, campaign_key: str) -> Statistics:
    """Count the nominations of a campaign.

    Raises:
        NotFound: there is no such body or campaign.
    """
    with desk.reading() as session:
        body = bodies.get_body(session, body_key)
        campaign = campaigns.get_campaign(session, body, campaign_key)
        titles = {one.id: one.name for one in session.scalars(select(AwardTitle))}
        units = {one.id: one for one in session.scalars(select(Unit))}
        lines = session.scalars(
            select(Nomination).where(Nomination.campaign_id == campaign.id).order_by(Nomination.id)
        ).all()
    tally: dict[tuple[str, str, Subject], Tally[str]] = {}
    months: dict[tuple[int, int], list[int]] = {}
    for line in lines:
        if line.state is NominationState.WITHDRAWN:
            continue
        unit = units.get(line.unit_id or 0)
        key = (
            titles[line.award_title_id],
            unit.unit_type.label if unit else _OTHERS,
            line.subject,
        )
        row = tally.setdefault(key, Tally())
        row["proposed"] += 1
        row["agreed"] += line.state in (NominationState.AGREED, NominationState.GRANTED)
        row["refused"] += line.state is NominationState.REFUSED
        row["granted"] += line.state is NominationState.GRANTED
        month = months.setdefault((line.created_at.year, line.created_at.month), [0, 0])
        month[0] += 1
        month[1] += line.state is NominationState.GRANTED
    return Statistics(
        lines=tuple(
            Line(
                award=award,
                unit_type=unit_type,
                subject=subject.label,
                proposed=row["proposed"],
                agreed=row["agreed"],
                refused=row["refused"],
                granted=row["granted"],
            )
            for (award, unit_type, subject), row in sorted(tally.items())
        ),
        by_month=tuple(
            (f"{month}/{year}", made, granted)
            for (year, month), (made, granted) in sorted(months.items())
        ),
    )


def to_xlsx(status: Status, found: Statistics) -> bytes:
    """Write the statistics and the standing of each unit as a workbook of three sheets."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    _sheet(
        book,
        "Khen thưởng",
        (
            "Danh hiệu, hình thức",
            "Loại đơn vị",
            "Đối tượng",
            "Đề nghị",
            "Đồng ý",
            "Không",
            "Đã khen",
        ),
        [
            (
                one.award,
                one.unit_type,
                one.subject,
                one.proposed,
                one.agreed,
                one.refused,
                one.granted,
            )
            for one in found.lines
        ],
    )
    _sheet(book, "Theo tháng", ("Tháng", "Đề nghị", "Đã khen"), list(found.by_month))
    _sheet(
        book,
        "Chỉ tiêu",
        ("Mã", "Đơn vị", "Đếm", "Đã có", "Kế hoạch", "Kỳ", "Tình trạng", "Căn cứ"),
        [
            (
                row.rule.id,
                row.whose,
                " hoặc ".join(one.label for one in row.rule.counters),
                row.use.count,
                row.wanted,
                row.rule.period.label,
                row.standing.label,
                row.rule.source,
            )
            for row in status.rows
        ],
    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_report(
    desk: Desk, body_key: str, campaign_key: str, *, on: date | None = None
) -> tuple[bytes, str]:
    """Make the Báo cáo on a campaign as a Word file without a number; gives it and its name.

    Raises:
        NotFound: there is no such body or campaign, or nobody may sign for the body that day.
    """
    status = counting.status(desk, body_key, campaign_key, on=on)
    found = statistics(desk, body_key, campaign_key)
    with desk.reading() as session:
        body = bodies.get_body(session, body_key)
        signatory = bodies.signatory_on(session, body, status.on, kind=DocumentKind.REPORT)
        paper = composing.fill_paper(
            session, body, report_of(status, found, body), on=status.on, signatory=signatory
        )
    entry = papers.parse_paper(paper)
    content = catalogue.merge(
        entry.to_paper(today=status.on), form=desk.templates.form(DocumentKind.REPORT)
    )
    return content, f"Bao-cao-{campaign_key}.docx"


def report_of(status: Status, found: Statistics, body: IssuingBody) -> dict[str, Any]:
    """Give the Báo cáo on a campaign in the shape of a paper file."""
    campaign = status.campaign
    return {
        "kind": DocumentKind.REPORT.value,
        "year": status.on.year,
        "abstract": f"Kết quả thực hiện: {wording.lower_first(campaign.name)}",
        "body": "\n\n".join(
            filter(
                None,
                [
                    _opening(status, body),
                    "I. KẾT QUẢ ĐỀ NGHỊ, KHEN THƯỞNG",
                    *_awarded(found, status.on),
                    "II. THỰC HIỆN CHỈ TIÊU CỦA CÁC ĐƠN VỊ",
                    *_numbers(status),
                    "III. THỰC HIỆN THỜI HẠN",
                    *_deadlines(status),
                ],
            )
        ),
    }


def _opening(status: Status, body: IssuingBody) -> str:
    basis = f"Thực hiện {status.document}, " if status.document else ""
    return (
        f"{basis}{body.full_name} báo cáo kết quả tính đến {wording.print_date(status.on)} như sau:"
    )


def _awarded(found: Statistics, on: date) -> list[str]:
    if not found.lines:
        return ["Chưa có đề nghị khen thưởng nào trong đợt này."]
    told = (
        f"Đến {wording.print_date(on)}, các đơn vị đã đề nghị "
        f"{wording.print_count(found.total('proposed'))} trường hợp; đồng ý "
        f"{wording.print_count(found.total('agreed'))}, không đồng ý "
        f"{wording.print_count(found.total('refused'))}, đã có quyết định khen thưởng "
        f"{wording.print_count(found.total('granted'))}."
    )
    head = ("Danh hiệu, hình thức", "Loại đơn vị", "Đối tượng", "Đề nghị", "Đồng ý", "Đã khen")
    rows = [
        (one.award, one.unit_type, one.subject, one.proposed, one.agreed, one.granted)
        for one in found.lines
    ]
    return [told, _table(head, rows)]


def _numbers(status: Status) -> list[str]:
    if not status.rows:
        return ["Đợt này không định chỉ tiêu cho đơn vị."]
    told: list[str] = []
    rules = list(dict.fromkeys(row.rule for row in status.rows))
    for at, rule in enumerate(rules, start=1):
        rows = [row for row in status.rows if row.rule == rule]
        reached = sum(row.standing not in (*_SHORT, Standing.PASSED) for row in rows)
        what = " hoặc ".join(one.label for one in rule.counters)
        told.append(
            f"{at}. {rows[0].wanted[:1].upper()}{rows[0].wanted[1:]} {what} "
            f"({rule.period.label}; theo {rule.source}): {reached}/{len(rows)} đạt."
        )
        told.append(
            _table(
                ("Đơn vị", "Đã có", "Kế hoạch", "Tình trạng"),
                [(row.whose, row.use.count, row.wanted, row.standing.label) for row in rows],
            )
        )
    return told


def _deadlines(status: Status) -> list[str]:
    told = []
    for at, due in enumerate(status.dues, start=1):
        text = f"{at}. {due.rule.action[:1].upper()}{due.rule.action[1:]}"
        text += f" (đến hết ngày {wording.print_short_date(due.last)})"
        if due.rule.counters:
            text += (
                f": đúng hạn {wording.print_count(len(due.filed))} đơn vị, quá hạn "
                f"{wording.print_count(len(due.late))}, chưa gửi "
                f"{wording.print_count(len(due.missing))}"
            )
        told.append(f"{text}.")
    return told or ["Đợt này không định thời hạn."]


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    cells = [head, *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _sheet(
    book: Workbook, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.append(list(head))
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for at in range(1, len(head) + 1):
        longest = max((len(str(row[at - 1])) for row in [head, *rows]), default=8)
        sheet.column_dimensions[get_column_letter(at)].width = min(60, max(10, longest + 2))
    sheet.freeze_panes = "A2"


def _safe(cell: object) -> object:
    """Keep a text from being taken for a formula by who opens the workbook."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@"):
        return f"'{cell}"
    return cell
