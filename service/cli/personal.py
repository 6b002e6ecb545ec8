"""`trinhky person`: what is kept of one person, handed out or erased."""

import click

from service.cli.documents import ROW
from service.cli.terminal import faults_shown, open_desk, print_json, settings
from service.intake import documents
from service.workflow import personal


@click.group()
def person() -> None:
    """Dữ liệu cá nhân của một người: trích ra, xóa."""


@person.command("export")
@click.argument("nomination", type=ROW)
def export(nomination: int) -> None:
    """In mọi điều đang lưu về người ở đề nghị NOMINATION, để giao cho chính người ấy (JSON)."""
    with faults_shown(), open_desk() as desk:
        print_json(personal.export(desk, nomination))


@person.command("erase")
@click.argument("nomination", type=ROW)
@click.option("--reason", required=True, help="Lý do, ví dụ số đơn của người yêu cầu.")
@click.option("--yes", "is_sure", is_flag=True, help="Không hỏi lại.")
def erase(nomination: int, reason: str, *, is_sure: bool) -> None:
    """Xóa dữ liệu của người ở đề nghị NOMINATION; văn bản đã ban hành, sổ vàng giữ nguyên."""
    if not is_sure:
        click.confirm("Không lấy lại được. Xóa?", abort=True)
    with faults_shown(), open_desk() as desk:
        because = documents.parse_reason(reason)
        done = personal.erase(desk, nomination, reason=because, by=settings().clerk)
    click.echo(f"Đã xóa dữ liệu ở {done.lines} đề nghị, {done.numbers} số định danh.")
    for draft in done.drafts:
        click.secho(f"  Dự thảo {draft} còn tên người này: hủy hoặc lập lại.", fg="yellow")
