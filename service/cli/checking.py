"""`trinhky check`: any Word files against Nghị định 30/2020/NĐ-CP."""

from importlib import metadata
from pathlib import Path
from typing import Final

import click
from rich.progress import track

from doc_templates.conformity import Answer, Finding, Severity
from doc_templates.kinds import DocumentKind
from service.cli.terminal import as_json, faults_shown, print_json, write_file
from service.workflow import checking
from service.workflow.checking import Checked

_COLORS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
#: From so many files on, a bar shows how far it is.
_MANY: Final = 5


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--sarif", "is_sarif", is_flag=True, help="In theo định dạng SARIF 2.1.0.")
@click.option(
    "--fix",
    "fixed",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi một tệp mới đã sửa những chỗ chắc chắn; chỉ với một tệp.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in DocumentKind]),
    help="Tên loại mà tệp phải là; bỏ trống: theo chữ trên trang.",
)
@as_json
def check(
    files: tuple[Path, ...],
    *,
    is_sarif: bool,
    fixed: Path | None,
    kind: str | None,
    is_json: bool,
) -> None:
    """Kiểm thể thức các tệp Word FILES theo Nghị định 30/2020/NĐ-CP; không sửa gì trong tệp."""
    if fixed is not None:
        _fix(files, fixed)
        return
    is_for_machines = is_sarif or is_json
    work = checking.check_files(files, kind=DocumentKind(kind) if kind else None)
    if len(files) >= _MANY and not is_for_machines:
        work = iter(track(work, "Đang kiểm", total=len(files), transient=True))
    checked = list(work)
    if is_sarif:
        print_json(checking.to_sarif(checked, metadata.version("trinhky")))
    elif is_json:
        print_json([_to_json(one) for one in checked])
    else:
        for one in checked:
            _show(one)
        if len(checked) > 1:
            _sum_up(checked)
    if any(one.report is None or one.report.count(Severity.ERROR) for one in checked):
        raise SystemExit(1)


def _fix(files: tuple[Path, ...], target: Path) -> None:
    if len(files) != 1 or target.resolve() == files[0].resolve():
        raise click.UsageError("--fix cần đúng một tệp, và tên tệp mới khác tệp gốc.")
    with faults_shown():
        made = checking.fix_docx(files[0].read_bytes())
    write_file(target, made.docx)
    for change in made.changes:
        click.echo(f"  [{change.rule}] {change.place}: {change.before} → {change.after}")
    left = made.after.count(Severity.ERROR)
    was = made.before.count(Severity.ERROR)
    click.echo(f"Đã sửa {len(made.changes)} chỗ: {target}. Lỗi: trước {was}, còn {left}.")
    if left:
        raise SystemExit(1)


def _to_json(one: Checked) -> dict[str, object]:
    if one.report is None:
        return {"file": one.name, "problem": str(one.problem)}
    return {"file": one.name, **checking.to_json(one.report)}


def _show(one: Checked) -> None:
    click.secho(one.name, bold=True)
    if one.report is None:
        click.secho(f"  Không đọc được: {one.problem}", fg="red")
        return
    report = one.report
    counts = ", ".join(f"{report.count(s)} {s.label.lower()}" for s in Severity)
    unsure = sum(finding.answer is Answer.UNSURE for finding in report.findings)
    click.echo(f"  {report.kind or 'Chưa rõ loại văn bản'}; {counts}, {unsure} chỗ chưa rõ.")
    click.echo(f"  Theo {report.regime}.")
    for finding in report.findings:
        _show_finding(finding)
    for construct in report.unread:
        click.secho(f"  Chưa xem được: {construct}", dim=True)


def _show_finding(finding: Finding) -> None:
    is_unsure = finding.answer is Answer.UNSURE
    label = "Chưa rõ" if is_unsure else finding.severity.label
    click.secho(f"  {label}", fg=None if is_unsure else _COLORS[finding.severity], nl=False)
    click.echo(f" {finding}")


def _sum_up(checked: list[Checked]) -> None:
    read = [one.report for one in checked if one.report]
    clean = sum(not report.count(Severity.ERROR) for report in read)
    click.echo(
        f"{len(checked)} tệp: {clean} tệp không có lỗi, {len(read) - clean} tệp có lỗi, "
        f"{len(checked) - len(read)} tệp không đọc được."
    )
