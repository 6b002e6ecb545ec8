"""`trinhky openapi`: the description of the HTTP interface for programs."""

import json
from pathlib import Path

import click

from service.api.describing import describe
from service.app import create_app
from service.cli.terminal import faults_shown, settings, write_file


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Tệp nhận mô tả OpenAPI (JSON).",
)
def openapi(output: Path) -> None:
    """Ghi mô tả giao diện lập trình (OpenAPI 3.1) ra tệp, cho người viết chương trình."""
    with faults_shown():
        described = describe(create_app(settings()))
    write_file(output, f"{json.dumps(described, ensure_ascii=False, indent=1)}\n".encode())
    click.echo(f"Đã ghi {len(described['paths'])} địa chỉ: {output}")
