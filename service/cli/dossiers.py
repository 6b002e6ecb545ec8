"""`trinhky dossier`, `amend`, `withdraw`, `council`, `handover`: a dossier's way to the hands."""

from pathlib import Path

import click

from doc_templates import wording
from records.dossiers import PaperKind
from service.cli.documents import ROW
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.intake import council as intake
from service.intake import documents, movement, nominations, papers
from service.workflow import consistency, council, filing, handing_over

_A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
#: A scan of a few pages.
_LARGEST_SCAN = 20 * 1024 * 1024


@click.group()
def dossier() -> None:
    """Hồ sơ: nộp, tiếp nhận, trả lại, giấy tờ kèm theo, lịch sử."""


@dossier.command("submit")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
def submit(dossier_id: int) -> None:
    """Nộp hồ sơ DOSSIER với mọi đề nghị đang ở đơn vị."""
    with faults_shown(), open_desk() as desk:
        count = filing.submit(desk, dossier_id, by=settings().clerk)
    click.echo(f"Đã nộp hồ sơ với {count} đề nghị.")


@dossier.command("accept")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
def accept(dossier_id: int) -> None:
    """Tiếp nhận hồ sơ DOSSIER."""
    with faults_shown(), open_desk() as desk:
        count = filing.accept(desk, dossier_id, by=settings().clerk)
    click.echo(f"Đã tiếp nhận {count} đề nghị.")


@dossier.command("return")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
@click.option("--reason", required=True, help="Cần bổ sung, sửa gì.")
@click.option("--field", "fields", multiple=True, help="Mục cần sửa; chỉ mục này sửa được.")
@click.option("--line", "lines", multiple=True, type=int, help="Dòng cần sửa; trống: mọi dòng.")
def give_back(dossier_id: int, reason: str, fields: list[str], lines: list[int]) -> None:
    """Trả lại hồ sơ DOSSIER cho đơn vị, nêu mục cần sửa."""
    with faults_shown(), open_desk() as desk:
        because = documents.parse_reason(reason)
        count = filing.give_back(
            desk,
            dossier_id,
            reason=because,
            fields=fields,
            positions=lines,
            by=settings().clerk,
        )
    click.echo(f"Đã trả lại {count} đề nghị.")


@dossier.command("paper")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
@click.argument("kind", type=click.Choice([one.value for one in PaperKind]))
@click.option("--file", "file", type=_A_FILE, help="Bản quét; được lưu cùng hồ sơ.")
@click.option("--name", default="", help="Tên giấy tờ ghi là other, như trong danh mục.")
@click.option("--note", default="", help="Số, ngày hoặc ghi chú của giấy tờ.")
@click.option("--confirmed/--unconfirmed", "is_confirmed", default=None, help="Đã có xác nhận.")
def receive_paper(
    dossier_id: int,
    kind: str,
    file: Path | None,
    name: str,
    note: str,
    *,
    is_confirmed: bool | None,
) -> None:
    """Ghi đã có một giấy tờ: H-01 Tờ trình, H-02 trích ngang, H-03 xác nhận nơi cư trú, other."""
    if name and kind != PaperKind.OTHER.value:
        raise click.BadParameter("chỉ giấy tờ ghi là other mới cần tên.", param_hint="--name")
    if file and file.stat().st_size > _LARGEST_SCAN:
        raise click.ClickException("Bản quét lớn hơn 20 MB: hãy quét lại ở 200 dpi.")
    with faults_shown(), open_desk() as desk:
        filing.receive_paper(
            desk,
            dossier_id,
            PaperKind(kind),
            name=documents.parse_reason(name) if name else "",
            note=documents.parse_reason(note) if note else "",
            file_name=file.name if file else "",
            content=file.read_bytes() if file else None,
            is_confirmed=is_confirmed,
        )
    click.echo(f"Đã ghi: {name or PaperKind(kind).label}.")


@dossier.command("history")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
@as_json
def show_history(dossier_id: int, *, is_json: bool) -> None:
    """Kể mọi bước của từng đề nghị trong hồ sơ DOSSIER: ai, lúc nào, vì sao."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        told = filing.history(desk, dossier_id)
    if is_json:
        print_json(told)
        return
    for one in told:
        because = f": {one['reason']}" if one["reason"] else ""
        click.echo(
            f"{one['at'][:16]}  {one['by']:<10} {one['line'] or '-':>3}. {one['name']}  "
            f"{one['state']}{because}"
        )


@dossier.command("check")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
@as_json
def check(dossier_id: int, *, is_json: bool) -> None:
    """So các văn bản của hồ sơ DOSSIER với nhau: người, số lượng, viện dẫn, nơi nhận."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        found = consistency.check_dossier(desk, dossier_id)
    if is_json:
        print_json(
            [
                {"document": one.document_id, "code": one.code, "message": one.message}
                for one in found
            ]
        )
        return
    for one in found:
        click.secho(f"  Văn bản {one.document_id}: {one}", fg="yellow")
    click.echo(f"{len(found)} chỗ không khớp." if found else "Các văn bản khớp nhau.")


@click.command()
@click.argument("nomination", type=ROW)
@click.argument("file", type=_A_FILE)
def amend(nomination: int, file: Path) -> None:
    """Sửa đề nghị NOMINATION (nháp hoặc bị trả lại) bằng các mục ghi ở FILE (TOML)."""
    with faults_shown():
        entry = nominations.parse_amendment(papers.read_paper_file(file.read_bytes()))
        with open_desk() as desk:
            filing.amend(desk, nomination, entry, by=settings().clerk)
    click.echo("Đã sửa.")


@click.command()
@click.argument("nomination", type=ROW)
@click.option("--reason", required=True, help="Lý do rút.")
def withdraw(nomination: int, reason: str) -> None:
    """Rút đề nghị NOMINATION trước khi có quyết định."""
    with faults_shown(), open_desk() as desk:
        because = documents.parse_reason(reason)
        filing.withdraw(desk, nomination, reason=because, by=settings().clerk)
    click.echo("Đã rút đề nghị.")


@click.group("council")
def council_group() -> None:
    """Hội đồng thi đua - khen thưởng: họp, biểu quyết, biên bản."""


@council_group.command("hold")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
@click.argument("file", type=_A_FILE)
@as_json
def hold(dossier_id: int, file: Path, *, is_json: bool) -> None:
    """Ghi cuộc họp Hội đồng về hồ sơ DOSSIER với kết quả biểu quyết ở FILE (TOML)."""
    with faults_shown(is_json=is_json):
        entry = intake.parse_sitting(papers.read_paper_file(file.read_bytes()))
        with open_desk() as desk:
            held = council.hold(desk, dossier_id, entry, by=settings().clerk)
    if is_json:
        print_json(
            {
                "session": held.session_id,
                "members": held.members,
                "present": held.present,
                "agreed": held.agreed,
                "refused": held.refused,
            }
        )
        return
    click.echo(
        f"Hội đồng {held.members} thành viên, dự họp {held.present}: đồng ý {held.agreed}, không "
        f"đồng ý {held.refused}."
    )
    click.echo(f"Lập biên bản: trinhky council minutes {dossier_id}")


@council_group.command("minutes")
@click.argument("dossier_id", type=ROW, metavar="DOSSIER")
@click.option("--body", default="", help="Cơ quan có biên bản; trống: nơi nhận hồ sơ.")
@as_json
def minutes(dossier_id: int, body: str, *, is_json: bool) -> None:
    """Lập dự thảo Biên bản từ chính các phiếu của cuộc họp gần nhất về hồ sơ DOSSIER."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        made = council.draft_minutes(desk, dossier_id, body_key=body, by=settings().clerk)
    if is_json:
        print_json({"id": made.document_id, "kind": made.kind, "expected": made.expected})
        return
    click.echo(f"Đã lập dự thảo {made.title} (văn bản số thứ tự {made.document_id}).")


@click.group()
def handover() -> None:
    """Trao giấy khen, tiền thưởng của một quyết định."""


@handover.command("list")
@click.argument("document", type=ROW)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def make_list(document: int, output: Path | None, *, is_json: bool) -> None:
    """Lập Danh sách ký nhận của quyết định DOCUMENT, có tiền thưởng theo ngày quyết định."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        listed = handing_over.list_awards(desk, document)
        content, name = handing_over.make_list(desk, document)
    if is_json:
        print_json(
            [
                {
                    "number": one.number,
                    "name": one.name,
                    "award": one.what,
                    "prize": one.prize,
                    "raw": one.raw,
                    "source": one.source,
                    "handed_on": one.handover.handed_on if one.handover else None,
                }
                for one in listed
            ]
        )
        return
    target = output or Path(name)
    write_file(target, content)
    total = sum(one.prize for one in listed)
    handed = sum(one.handover is not None for one in listed)
    click.echo(f"{len(listed)} khen thưởng, {handed} đã trao; {wording.print_money(total)}.")
    for one in listed:
        if one.note:
            click.secho(f"  {one.number}. {one.name}: {one.note}", fg="yellow", err=True)
    click.echo(str(target))


@handover.command("record")
@click.argument("document", type=ROW)
@click.option("--on", "on", default="", help="Ngày trao: 20/10/2026; trống: hôm nay.")
@click.option("--number", "numbers", multiple=True, type=int, help="Số trong danh sách.")
@click.option(
    "--received-by", "received", multiple=True, help="Người nhận thay: “3=Nguyễn Thuỵ Ưu”."
)
def record(document: int, on: str, numbers: list[int], received: list[str]) -> None:
    """Ghi đã trao giấy khen, tiền thưởng của quyết định DOCUMENT."""
    instead: dict[int, str] = {}
    for text in received:
        number, _, name = text.partition("=")
        if not number.isdigit() or not name.strip():
            raise click.BadParameter(f"cần “số=họ tên”, đang là “{text[:40]}”")
        instead[int(number)] = name.strip()
    with faults_shown(), open_desk() as desk:
        day = movement.parse_day(on) or desk.today()
        count = handing_over.record(
            desk, document, on=day, numbers=numbers, received_by=instead, by=settings().clerk
        )
    click.echo(f"Đã ghi trao {count} khen thưởng.")
