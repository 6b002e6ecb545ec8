"""`trinhky pdf`: a Word file, laid out as PDF, without a database."""

from pathlib import Path

import click

from doc_templates.pdf import Engine
from service.cli.terminal import as_json, faults_shown, print_json, settings, write_file
from service.workflow import printing


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
@as_json
def pdf(file: Path, output: Path | None, *, engine: str, is_json: bool) -> None:
    """Lập tệp PDF từ tệp Word FILE (.docx)."""
    with faults_shown(is_json=is_json):
        printout = printing.pdf_of_docx(
            file.read_bytes(), engine=Engine(engine), unoserver=settings().unoserver
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
