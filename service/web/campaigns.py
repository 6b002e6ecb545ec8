"""`/dot-khen-thuong`: each unit against the numbers and deadlines of its plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from records import bodies, campaigns
from records.rules.counts import QuotaRule
from records.rules.quotas import Standing
from service.downloads import disposition
from service.guarding import actor
from service.intake import movement
from service.web import charts
from service.web.showing import desk
from service.workflow import access, counting, reporting
from service.workflow.counting import Row

blueprint = Blueprint("web_campaigns", __name__, url_prefix="/dot-khen-thuong")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BAD = (Standing.SHORT, Standing.PASSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the chart: lengths out of `charts.WIDTH`; `mark` is the number of the plan."""

    row: Row
    length: int
    mark: int | None
    tone: str


@blueprint.get("")
def index() -> str:
    """List the campaigns of all bodies."""
    with desk().reading() as session:
        listed = [
            (body, campaigns.campaigns_of(session, body))
            for body in bodies.bodies(session)
            if access.is_open(session, actor(), body.id)
        ]
        return render_template(
            "campaigns.html", listed=[(body, found) for body, found in listed if found]
        )


@blueprint.get("/<body>/<key>")
def show(body: str, key: str) -> str:
    """Show where a campaign stands, as a table and as a chart."""
    asked = request.args.get("ngay", "")
    status = counting.status(desk(), body, key, on=movement.parse_day(asked))
    return render_template(
        "campaign.html",
        status=status,
        groups=_groups(status.rows),
        charts=charts.charts_of(reporting.statistics(desk(), body, key)),
        width=charts.WIDTH,
        body_key=body,
    )


@blueprint.get("/<body>/<key>/bao-cao.docx")
def report(body: str, key: str) -> Response:
    """Give the Báo cáo on the campaign as a Word file."""
    on = movement.parse_day(request.args.get("ngay", ""))
    content, name = reporting.make_report(desk(), body, key, on=on)
    return _sent(content, name, _DOCX)


@blueprint.get("/<body>/<key>/thong-ke.xlsx")
def statistics(body: str, key: str) -> Response:
    """Give the statistics as a workbook."""
    on = movement.parse_day(request.args.get("ngay", ""))
    status = counting.status(desk(), body, key, on=on)
    sheet = reporting.to_xlsx(status, reporting.statistics(desk(), body, key))
    return _sent(sheet, f"Thong-ke-{key}.xlsx", _XLSX)


def _sent(content: bytes, name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": disposition(name)}
    return Response(content, mimetype=mimetype, headers=headers)


def _groups(rows: tuple[Row, ...]) -> list[tuple[QuotaRule, list[Bar]]]:
    """Put the bars of one number of the plan together; each chart has its own scale."""
    rules = list(dict.fromkeys(row.rule for row in rows))
    return [(rule, _bars([row for row in rows if row.rule == rule])) for rule in rules]


def _bars(rows: Sequence[Row]) -> list[Bar]:
    longest = max((_most(row) for row in rows), default=1) or 1
    bars = []
    for row in rows:
        wanted = row.rule.maximum if row.rule.minimum is None else row.rule.minimum
        tone = "bad" if row.standing in _BAD else "open" if row.standing is Standing.OPEN else "ok"
        bars.append(
            Bar(
                row=row,
                length=round(charts.WIDTH * row.use.count / longest),
                mark=None if wanted is None else round(charts.WIDTH * wanted / longest),
                tone=tone,
            )
        )
    return bars


def _most(row: Row) -> int:
    return max(row.use.count, row.rule.minimum_high or row.rule.minimum or 0, row.rule.maximum or 0)
