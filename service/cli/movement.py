"""`trinhky review`, `ruling`, `campaign`: nominations judged, look-alikes, plans counted."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from records.rules.counts import Counter
from records.rules.findings import Finding, Severity
from records.rules.quotas import Standing
from records.rules.verdict import Outcome
from service.cli.documents import ROW
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.intake import documents, movement
from service.workflow import counting, planning, reporting, reviewing

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: None}
_OPEN = (Standing.OPEN, Standing.SHORT, Standing.PASSED)


@click.command()
@click.argument("dossier", type=ROW)
@click.option("--notes", "with_notes", is_flag=True, help="In cả các lưu ý, không chỉ chỗ vướng.")
@as_json
def review(dossier: int, *, with_notes: bool, is_json: bool) -> None:
    """Xét điều kiện mọi đề nghị trong hồ sơ DOSSIER, tìm khen trùng; không thay đổi gì."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        done = reviewing.review(desk, dossier)
    if is_json:
        print_json(reviewing.to_json(done))
        return
    click.secho(f"Hồ sơ {done.dossier_id}: {done.title}", bold=True)
    _print_findings(done.common, with_notes=with_notes)
    for line in done.lines:
        click.echo(f"{line.position:>3}. {line.name}: {line.verdict.outcome.label}")
        _print_findings(done.own(line), with_notes=with_notes)
        for suspect in line.suspects:
            if suspect.ruling is None:
                click.echo(
                    f"     → trinhky ruling {line.nomination_id} --against {suspect.key} "
                    "--duplicate|--distinct --reason “…”"
                )
    counts = ", ".join(f"{done.count(outcome)} {outcome.label}" for outcome in Outcome)
    click.echo(f"{len(done.lines)} đề nghị: {counts}.")


def _print_findings(findings: Iterable[Finding], *, with_notes: bool) -> None:
    for finding in findings:
        if finding.severity is Severity.INFO and not with_notes:
            continue
        text = f"     {finding.code} {finding.message} ({finding.source})"
        click.secho(text, fg=_COLORS[finding.severity])


@click.command()
@click.argument("nomination", type=ROW)
@click.option("--against", required=True, help="Bản ghi bị nghi trùng, như “review” in ra.")
@click.option("--duplicate/--distinct", "is_duplicate", required=True, help="Trùng, không trùng.")
@click.option("--reason", required=True, help="Lý do của kết luận; được lưu.")
def ruling(nomination: int, against: str, reason: str, *, is_duplicate: bool) -> None:
    """Kết luận đề nghị NOMINATION trùng hay không trùng với một khen thưởng, đề nghị khác."""
    with faults_shown(), open_desk() as desk:
        because = documents.parse_reason(reason)
        reviewing.rule(
            desk,
            nomination,
            against,
            is_duplicate=is_duplicate,
            reason=because,
            by=settings().clerk,
        )
    click.echo(f"Đã ghi kết luận: {'trùng' if is_duplicate else 'không trùng'}.")


@click.group()
def campaign() -> None:
    """Đợt khen thưởng: kế hoạch, chỉ tiêu, hạn nộp."""


@campaign.command("plan")
@click.argument("body")
@click.argument("key")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def set_plan(body: str, key: str, file: Path) -> None:
    """Gắn kế hoạch (chỉ tiêu, hạn nộp; TOML) của FILE vào đợt KEY của cơ quan BODY."""
    with faults_shown(), open_desk() as desk:
        plan = planning.set_plan(desk, body, key, file.read_bytes(), by=settings().clerk)
    click.echo(
        f"Đợt {key} theo {plan.document}: {len(plan.quotas)} chỉ tiêu, {len(plan.deadlines)} hạn."
    )


@campaign.command("record")
@click.argument("body")
@click.argument("key")
@click.argument("counter", type=click.Choice([one.value for one in Counter]))
@click.option("--unit", default="", help="Tên hoặc mã đơn vị gửi.")
@click.option("--on", "done_on", default="", help="Ngày gửi: 30/3/2023; bỏ trống: hôm nay.")
@click.option("--title", default="", help="Tên bài viết, tên gương.")
@click.option("--subject", default="", help="individual, collective hoặc household.")
@click.option("--movement", "movement_name", default="", help="Phong trào, khi chỉ tiêu theo đó.")
@click.option("--broad", "is_broad", is_flag=True, help="Phong trào nhiều đối tượng tham gia.")
@click.option("--amount", default=1, help="Số lượng.")
@click.option("--despite", default="", help="Lý do vẫn ghi khi vượt số tối đa của kế hoạch.")
def record(
    body: str, key: str, *, movement_name: str, is_broad: bool, despite: str, **said: object
) -> None:
    """Ghi gương, bài viết, đề nghị cấp trên … mà một đơn vị gửi theo kế hoạch của đợt."""
    with faults_shown(), open_desk() as desk:
        entry = movement.parse_contribution(
            {**said, "movement": movement_name, "is_broad": is_broad if movement_name else None}
        )
        because = documents.parse_reason(despite) if despite else ""
        planning.record(desk, body, key, entry, by=settings().clerk, despite=because)
    click.echo(f"Đã ghi: {entry.amount} {entry.counter.label}.")


@campaign.command("report")
@click.argument("body")
@click.argument("key")
@click.option("--on", "on", default="", help="Tính đến ngày: 20/5/2023; bỏ trống: hôm nay.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Bảng thống kê Excel."
)
def make_report(body: str, key: str, on: str, output: Path | None, xlsx: Path | None) -> None:
    """Lập Báo cáo kết quả của đợt KEY (Word, chưa có số) và bảng thống kê."""
    with faults_shown(), open_desk() as desk:
        day = movement.parse_day(on)
        content, name = reporting.make_report(desk, body, key, on=day)
        sheet = reporting.to_xlsx(
            counting.status(desk, body, key, on=day), reporting.statistics(desk, body, key)
        )
    target = output or Path(name)
    write_file(target, content)
    click.echo(f"Đã lập Báo cáo: {target}")
    if xlsx:
        write_file(xlsx, sheet)
        click.echo(f"Đã lập bảng thống kê: {xlsx}")


@campaign.command("status")
@click.argument("body")
@click.argument("key")
@click.option("--on", "on", default="", help="Xem theo ngày: 20/5/2023; bỏ trống: hôm nay.")
@as_json
def show_status(body: str, key: str, on: str, *, is_json: bool) -> None:
    """Cho biết từng đơn vị đang ở đâu so với chỉ tiêu, hạn nộp của đợt KEY."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        done = counting.status(desk, body, key, on=movement.parse_day(on))
    if is_json:
        print_json(planning.to_json(done))
        return
    click.secho(f"{done.campaign.name}, ngày {datetime.strftime(done.on, '%d/%m/%Y')}", bold=True)
    if done.document:
        click.echo(f"Theo {done.document}")
    width = max((len(row.whose) for row in done.rows), default=0)
    for row in done.rows:
        text = (
            f"  {row.rule.id}  {row.whose:<{width}}  {row.use.count:>4}  {row.wanted:<20} "
            f"{row.standing.label}"
        )
        click.secho(text, fg="yellow" if row.standing in _OPEN else None)
    for due in done.dues:
        click.echo(
            f"  {due.rule.id}  {due.rule.action}: đến hết {due.last:%d/%m/%Y}; đúng hạn "
            f"{len(due.filed)}, quá hạn {len(due.late)}, chưa gửi {len(due.missing)}"
        )
    for finding in done.reminders:
        click.secho(f"  {finding}", fg=_COLORS[finding.severity])
    if not done.rows and not done.dues:
        click.echo("Đợt này chưa có kế hoạch: gắn bằng “trinhky campaign plan”.")
