"""`trinhky nominate`, `agree`, `draft`, `issue`, `docx`, `cancel`: from a record to a paper."""

from pathlib import Path
from typing import Any

import click

from doc_templates import catalogue
from doc_templates.kinds import print_number
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.intake import documents, nominations, papers, sheets
from service.workflow import drafting, issuing, nominating

ROW = click.IntRange(1, documents.HIGHEST_ID)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dossier", default="", help="Gom các đề nghị vào một hồ sơ mới có tên này.")
@click.option("--body", default="", help="Mã cơ quan nhận, khi FILE là bảng Excel, CSV.")
@click.option("--campaign", default="", help="Mã đợt khen thưởng, khi FILE là bảng.")
@click.option("--award", default="", help="Mã danh hiệu cho dòng không ghi, khi FILE là bảng.")
@click.option("--unit", default="", help="Tên, mã đơn vị đề nghị, khi FILE là bảng.")
@as_json
def nominate(
    file: Path, dossier: str, body: str, campaign: str, award: str, unit: str, *, is_json: bool
) -> None:
    """Nhận các đề nghị khen thưởng từ FILE: tất cả hoặc không đề nghị nào.

    FILE là TOML, có các mục body, campaign, award, nominating_unit dùng chung và một bảng
    [[nominees]] cho mỗi người; hoặc bảng Excel (.xlsx), CSV của cơ quan: dòng tiêu đề được nhận
    ra theo chữ.
    """
    with faults_shown(is_json=is_json):
        title = nominations.parse_title(dossier)
        with open_desk() as desk:
            if file.suffix.lower() in (".xlsx", ".csv", ".tsv"):
                shared = {
                    "body": body,
                    "campaign": campaign,
                    "award": award,
                    "nominating_unit": unit,
                }
                entries = sheets.parse_sheet(
                    sheets.read_sheet(file.read_bytes(), file.name),
                    {name: value for name, value in shared.items() if value},
                    nominations.parse_nomination,
                    awards=nominating.award_keys(desk),
                )
            else:
                raw = papers.read_paper_file(file.read_bytes())
                entries = nominations.parse_nomination_file(raw)
            received = nominating.nominate(desk, entries, by=settings().clerk, dossier=title)
    if is_json:
        print_json({"nominations": received.nomination_ids, "dossier": received.dossier_id})
        return
    click.echo(f"Đã nhận {len(received.nomination_ids)} đề nghị khen thưởng.")
    if received.dossier_id:
        click.echo(f"Hồ sơ số {received.dossier_id}: {dossier}")


@click.command()
@click.argument("dossier", type=ROW)
@click.option("--despite", default="", help="Lý do vẫn đồng ý dù có đề nghị chưa đủ điều kiện.")
@as_json
def agree(dossier: int, despite: str, *, is_json: bool) -> None:
    """Ghi nhận Hội đồng (họp trên giấy) đồng ý mọi đề nghị còn chờ trong hồ sơ DOSSIER."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        because = documents.parse_reason(despite) if despite else ""
        agreed = nominating.agree_all(desk, dossier, by=settings().clerk, despite=because)
    if is_json:
        print_json({"dossier": dossier, "agreed": agreed})
        return
    if not agreed:
        click.echo("Không còn đề nghị nào chờ Hội đồng: không có gì thay đổi.")
        return
    click.echo(f"Đã ghi nhận Hội đồng đồng ý {agreed} đề nghị.")
    click.echo(f"Lập Quyết định: trinhky draft TỆP.toml --body MÃ-CƠ-QUAN --dossier {dossier}")


@click.command()
@click.argument("paper", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", required=True, help="Mã cơ quan ban hành.")
@click.option("--signatory", default="", help="Mã người ký; bỏ trống: người ký mặc định.")
@click.option("--dossier", type=int, help="Số hồ sơ có danh sách đề nghị.")
@click.option("--attached-to", type=int, help="Văn bản mà văn bản này kèm theo.")
@click.option("--corrects", type=int, help="Văn bản được đính chính.")
@click.option("--replaces", type=int, help="Văn bản được thay thế.")
@click.option("--recalls", type=int, help="Văn bản được thu hồi.")
@as_json
def draft(paper: Path, *, is_json: bool, **links: Any) -> None:
    """Lập dự thảo từ tệp PAPER (TOML); sổ sách biết gì thì điền giúp."""
    with faults_shown(is_json=is_json):
        raw = {name: value for name, value in links.items() if value is not None}
        entry = documents.parse_draft({**raw, "paper": papers.read_paper_file(paper.read_bytes())})
        with open_desk() as desk:
            made = drafting.draft(desk, entry, by=settings().clerk)
    if is_json:
        print_json({"id": made.document_id, "kind": made.kind, "expected": made.expected})
        return
    click.echo(f"Đã lập dự thảo {made.title} (văn bản số thứ tự {made.document_id}).")
    if made.expected is not None:
        click.echo(f"Số dự kiến: {print_number(made.expected)}")


@click.command()
@click.argument("document", type=ROW)
@click.option(
    "--on",
    "issued_on",
    default=None,
    help="Ngày ban hành: 30/3/2023; bỏ trống: ngày ghi ở dự thảo, hoặc hôm nay.",
)
@click.option("--expected", type=int, default=None, help="Số mà người ban hành đã thấy.")
@click.option("--key", default=None, help="Khóa chống lặp: gọi lại không tốn thêm số.")
@click.option("--despite", default=None, help="Lý do vẫn ban hành dù văn bản trái thể thức.")
@as_json
def issue(document: int, *, is_json: bool, **asked: Any) -> None:
    """Ban hành văn bản DOCUMENT: cấp số, đóng băng nội dung."""
    with faults_shown(is_json=is_json):
        raw = {name: value for name, value in asked.items() if value is not None}
        with open_desk() as desk:
            done = issuing.issue(desk, document, documents.parse_issue(raw), by=settings().clerk)
    if is_json:
        print_json(
            {
                "id": done.document_id,
                "number": done.number,
                "symbol": done.symbol,
                "issued_on": done.issued_on,
                "sha256": done.sha256,
                "annexes": done.annex_ids,
                "number_changed": done.number_changed,
                "is_replay": done.is_replay,
                "notices": done.notices,
            }
        )
        return
    title = catalogue.get_form(done.kind).title
    again = " (đã ban hành từ lần gọi trước)" if done.is_replay else ""
    click.echo(f"{title} số {done.symbol}{again}")
    click.echo(f"SHA-256 {done.sha256}")
    for notice in done.notices:
        click.secho(notice, fg="yellow")


@click.command()
@click.argument("document", type=ROW)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Tệp hoặc thư mục đích.")
def docx(document: int, output: Path | None) -> None:
    """Lấy tệp Word của văn bản DOCUMENT: bản ban hành, hoặc dự thảo mới nhất."""
    with faults_shown(), open_desk() as desk:
        content, name = issuing.read_docx(desk, document)
    target = output or Path(name)
    if target.is_dir():
        target = target / name
    write_file(target, content)
    click.echo(str(target))


@click.command()
@click.argument("document", type=ROW)
@click.option("--reason", required=True, help="Lý do hủy, ghi vào sổ.")
def cancel(document: int, reason: str) -> None:
    """Hủy văn bản DOCUMENT; số đã cấp ở lại trong sổ và không dùng lại."""
    with faults_shown(), open_desk() as desk:
        because = documents.parse_reason(reason)
        issuing.cancel(desk, document, reason=because, by=settings().clerk)
    click.echo("Đã hủy; số (nếu có) được ghi là đã hủy trong sổ.")
