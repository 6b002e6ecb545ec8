"""`trinhky golden`: the golden book, awards of the past entered by hand, wrong lines struck out."""

from pathlib import Path
from typing import Any

import click

from records import bodies, grants
from service.cli.documents import ROW
from service.cli.terminal import as_json, faults_shown, open_desk, print_json, settings
from service.intake import documents, papers, past_awards, sheets
from service.intake.fields import FIRST_YEAR, LAST_YEAR
from service.intake.heads import PAST_AWARDS
from service.workflow import golden_book, nominating
from service.workflow.desk import Desk


@click.group()
def golden() -> None:
    """Sổ vàng: ai đã được khen, theo quyết định nào."""


@golden.command("list")
@click.argument("body")
@click.option("--year", type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Năm quyết định.")
@click.option("--name", default="", help="Một phần tên, có dấu hay không dấu.")
@click.option("--page", type=click.IntRange(1, 1_000_000), default=1)
@as_json
def list_lines(body: str, year: int | None, name: str, page: int, *, is_json: bool) -> None:
    """In sổ vàng của cơ quan BODY, mới nhất trước."""
    with faults_shown(is_json=is_json), open_desk() as desk, desk.reading() as session:
        own = bodies.get_body(session, body)
        lines, total = grants.list_grants(
            session, body_ids=(own.id,), year=year, name=name, page=page
        )
        if is_json:
            print_json({"total": total, "grants": golden_book.to_json(session, lines)})
            return
        for line in lines:
            mark = f"  [đã gạch: {line.struck_reason}]" if line.struck_at else ""
            where = f", {line.unit_name}" if line.unit_name else ""
            click.echo(
                f"{line.id:>6}  {line.granted_on}  {line.name}{where}: {line.decision}{mark}"
            )
        click.echo(f"{total} dòng." if total else "Sổ vàng chưa có ai như vậy.")


@golden.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--reason", required=True, help="Vì sao ghi bằng tay; được lưu với từng dòng.")
@click.option("--body", default="", help="Mã cơ quan giữ sổ, khi FILE là bảng Excel, CSV.")
@click.option("--award", default="", help="Mã danh hiệu cho dòng không ghi, khi FILE là bảng.")
@click.option("--decision", default="", help="Quyết định cho dòng không ghi, khi FILE là bảng.")
@as_json
def add(file: Path, reason: str, body: str, award: str, decision: str, *, is_json: bool) -> None:
    """Ghi vào sổ vàng các khen thưởng trước đây hoặc do nơi khác quyết định, từ FILE.

    FILE là TOML, có các mục body, award, decision dùng chung và một bảng [[awards]] cho mỗi
    người; hoặc bảng Excel (.xlsx), CSV của cơ quan. Dòng đã có trong sổ thì giữ nguyên.
    """
    with faults_shown(is_json=is_json):
        because = documents.parse_reason(reason)
        with open_desk() as desk:
            shared = {"body": body, "award": award, "decision": decision}
            entries = _read(desk, file, {name: value for name, value in shared.items() if value})
            done = golden_book.enter(desk, entries, reason=because, by=settings().clerk)
    if is_json:
        print_json({"grants": done.grant_ids, "standing": done.standing})
        return
    click.echo(f"Đã ghi {len(done.grant_ids)} dòng vào sổ vàng.")
    if done.standing:
        click.echo(f"{done.standing} dòng đã có từ trước: giữ nguyên.")


@golden.command("strike")
@click.argument("line", type=ROW)
@click.option("--reason", required=True, help="Sai ở đâu; được lưu với dòng.")
def strike(line: int, reason: str) -> None:
    """Gạch dòng LINE ghi sai bằng tay: dòng vẫn đọc được nhưng không còn tính."""
    with faults_shown(), open_desk() as desk:
        golden_book.strike(desk, line, reason=documents.parse_reason(reason), by=settings().clerk)
    click.echo(f"Đã gạch dòng {line} của sổ vàng.")


def _read(desk: Desk, file: Path, shared: dict[str, Any]) -> list[past_awards.PastAwardEntry]:
    today = desk.today()
    if file.suffix.lower() in (".xlsx", ".csv", ".tsv"):
        return sheets.parse_sheet(
            sheets.read_sheet(file.read_bytes(), file.name, PAST_AWARDS),
            shared,
            lambda raw: past_awards.parse_past_award(raw, today=today),
            awards=nominating.award_keys(desk),
        )
    raw = papers.read_paper_file(file.read_bytes())
    return past_awards.parse_past_award_file({**shared, **raw}, today=today)
