"""`trinhky pdf` and `trinhky print`: a Word file as PDF, and many papers as one."""

from pathlib import Path

import click

from doc_templates.pdf import Engine
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.workflow import printing, printing_together


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    default=Engine.AUTO.value,
    show_default=True,
    help="Bộ dàn trang: fast của chương trình, libreoffice (phải cài riêng), hay auto tự chọn.",
)
@click.option("--archive", "is_archival", is_flag=True, help="Lập PDF/A-2b để lưu trữ.")
@click.option("--fields", "has_fields", is_flag=True, help="Đặt sẵn ô chữ ký số và ô dấu.")
@click.option(
    "--code", default="", help="In mã QR có nội dung này, ví dụ địa chỉ kiểm tra văn bản."
)
@as_json
def pdf(
    file: Path,
    output: Path | None,
    *,
    engine: str,
    is_archival: bool,
    has_fields: bool,
    code: str,
    is_json: bool,
) -> None:
    """Lập tệp PDF từ tệp Word FILE (.docx)."""
    with faults_shown(is_json=is_json):
        printout = printing.pdf_of_docx(
            file.read_bytes(),
            engine=Engine(engine),
            unoserver=settings().unoserver,
            finish=printing.parse_finish(is_archival=is_archival, has_fields=has_fields, code=code),
        )
    target = output or file.with_suffix(".pdf")
    write_file(target, printout.content)
    if is_json:
        made = {"file": str(target), "bytes": len(printout.content)}
        print_json({**made, "engine": printout.engine, "notice": printout.notice})
        return
    click.echo(f"Đã lập tệp PDF: {target}")
    if printout.notice:
        click.secho(printout.notice, fg="yellow", err=True)


@click.command("print")
@click.argument("items", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@as_json
def print_papers(items: tuple[str, ...], output: Path, *, is_json: bool) -> None:
    """Gộp nhiều văn bản thành một tệp PDF để in, theo đúng thứ tự ITEMS.

    Mỗi ITEM là số thứ tự của văn bản, một tệp Word (.docx) hay PDF (bản quét, bản đã ký số), hoặc
    @TỆP: tệp chữ có mỗi dòng một mục như vậy.
    """
    with faults_shown(is_json=is_json):
        listed = [one for item in items for one in _read_items(item)]
        if all(isinstance(one, Path) for one in listed):
            content = printing_together.print_together(None, listed)
        else:
            with open_desk() as desk:
                content = printing_together.print_together(desk, listed)
    write_file(output, content)
    if is_json:
        print_json({"file": str(output), "papers": len(listed), "bytes": len(content)})
        return
    click.echo(f"Đã gộp {len(listed)} văn bản: {output}")


def _read_items(item: str) -> list[int | Path]:
    if not item.startswith("@"):
        return [int(item) if item.isdecimal() else Path(item)]
    try:
        lines = Path(item[1:]).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"Không đọc được danh sách {item[1:]}.") from error
    return [one for line in lines if line.strip() for one in _read_line(line.strip())]


def _read_line(line: str) -> list[int | Path]:
    """Read a line of a list; a list in a list is not read."""
    return [int(line) if line.isdecimal() else Path(line)]
