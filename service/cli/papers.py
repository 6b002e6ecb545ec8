"""`trinhky render` and `trinhky forms`: papers without a database."""

from datetime import UTC, datetime
from pathlib import Path

import click

from doc_templates import catalogue
from service.cli.terminal import as_json, faults_shown, print_json, write_file
from service.intake import papers
from service.workflow import printing
from service.workflow.desk import VIETNAM


@click.command()
@click.argument("paper", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mẫu Word của cơ quan, thay cho mẫu có sẵn.",
)
@click.option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Lập thêm tệp PDF này.",
)
@as_json
def render(
    paper: Path, output: Path | None, template: Path | None, pdf: Path | None, *, is_json: bool
) -> None:
    """Lập một văn bản Word từ tệp PAPER (TOML), không cần cơ sở dữ liệu."""
    with faults_shown(is_json=is_json):
        entry = papers.parse_paper(papers.read_paper_file(paper.read_bytes()))
        today = datetime.now(UTC).astimezone(VIETNAM).date()
        form = catalogue.compile_for(entry.kind, template.read_bytes()) if template else None
        content = catalogue.merge(entry.to_paper(today=today), form=form)
        printout = printing.pdf_of_docx(content) if pdf else None
    target = output or paper.with_suffix(".docx")
    write_file(target, content)
    if pdf and printout:
        write_file(pdf, printout.content)
    if is_json:
        made = {"kind": entry.kind, "file": str(target), "bytes": len(content)}
        print_json({**made, "pdf": str(pdf)} if pdf else made)
        return
    click.echo(f"Đã lập {catalogue.get_form(entry.kind).title}: {target}")
    if pdf and printout:
        click.echo(f"Đã lập tệp PDF: {pdf}")
        if printout.notice:
            click.secho(printout.notice, fg="yellow", err=True)


@click.group()
def forms() -> None:
    """Các biểu mẫu văn bản."""


@forms.command("list")
@as_json
def list_forms(*, is_json: bool) -> None:
    """Liệt kê các loại văn bản có biểu mẫu."""
    listed = catalogue.list_forms()
    if is_json:
        print_json([{"kind": form.kind, "title": form.title} for form in listed])
        return
    for form in listed:
        click.echo(f"{form.kind:<18}{form.title}")


@forms.command("show")
@click.argument("kind")
@as_json
def show_form(kind: str, *, is_json: bool) -> None:
    """Cho biết biểu mẫu KIND nhận những gì (--json: JSON Schema)."""
    with faults_shown(is_json=is_json):
        form = catalogue.get_form(kind)
        compiled = catalogue.compiled(kind)
        schema = papers.schema_of(kind)
    if is_json:
        print_json(schema)
        return
    labels = papers.labels()
    click.echo(f"{form.title} ({form.kind}), phiên bản mẫu {compiled.hash[:12]}")
    click.echo(f"Bậc {compiled.tier.value}: {compiled.reason}")
    click.echo("\nNhận:")
    required = set(schema["required"])
    for name in schema["properties"]:
        mark = "bắt buộc" if name in required else ""
        click.echo(f"  {name:<14}{labels.get(name, name):<26}{mark}")
    click.echo("\nChỗ điền trong mẫu Word:")
    for name in sorted(compiled.names):
        click.echo(f"  {name}")


@forms.command("export")
@click.argument("kind")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
def export_form(kind: str, output: Path | None) -> None:
    """Lấy mẫu Word của KIND ra tệp, để mở bằng Word và sửa kiểu chữ."""
    with faults_shown():
        content = catalogue.get_form(kind).template()
    target = output or Path(f"{kind}.docx")
    write_file(target, content)
    click.echo(str(target))


@forms.command("check")
@click.argument("kind")
@click.argument("template", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def check_form(kind: str, template: Path, *, is_json: bool) -> None:
    """Kiểm tra mẫu Word TEMPLATE có dùng được cho KIND không; nêu mọi lỗi một lần."""
    with faults_shown(is_json=is_json):
        form = catalogue.compile_for(kind, template.read_bytes())
        unsupported = printing.find_unsupported(template.read_bytes())
    if is_json:
        told = {"kind": kind, "hash": form.hash, "tier": form.tier.value}
        print_json({**told, "faults": [], "unsupported": unsupported})
        return
    click.echo(f"Mẫu dùng được. Phiên bản {form.hash[:12]}, bậc {form.tier.value}: {form.reason}")
    if unsupported:
        click.secho(
            "Bộ dàn trang của chương trình chưa dàn được các chỗ sau; PDF của văn bản theo mẫu này "
            "phải nhờ LibreOffice:",
            fg="yellow",
            err=True,
        )
        for sentence in unsupported:
            click.echo(f"  - {sentence}", err=True)


@forms.command("sample")
@click.argument("kind")
def show_sample(kind: str) -> None:
    """In một tệp mẫu đã điền đủ cho KIND, để sửa lại rồi “render”."""
    with faults_shown():
        click.echo(catalogue.get_form(kind).sample())
