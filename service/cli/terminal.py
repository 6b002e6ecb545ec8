"""What every command shares: settings, desk, output for people and for machines, exit codes.

Exit 0: done. Exit 1: the work found faults. Exit 2: the command was used wrongly.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from service import problems
from service.config import Settings, read_settings
from service.workflow import desk as desks
from service.workflow.desk import Desk

as_json = click.option("--json", "is_json", is_flag=True, help="In JSON cho máy đọc.")


def settings() -> Settings:
    """Read the settings, or leave with a sentence."""
    with faults_shown():
        return read_settings()


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Open the desk on the office's database, which must have been set up."""
    desk = desks.open_desk(settings())
    try:
        if not desk.store.is_current():
            raise click.ClickException(
                "Cơ sở dữ liệu chưa được lập hoặc khác phiên bản chương trình. "
                "Chạy “trinhky database upgrade” trước."
            )
        yield desk
    finally:
        desk.store.dispose()


@contextmanager
def faults_shown(*, is_json: bool = False) -> Iterator[None]:
    """Turn a known error into its sentences and exit 1."""
    try:
        yield
    except problems.KNOWN as error:
        show_problem(error, is_json=is_json)


def show_problem(error: Exception, *, is_json: bool) -> NoReturn:
    """Print a problem, every fault with its place, and leave with exit 1."""
    problem = problems.describe(error)
    if is_json:
        print_json(problem.to_json())
        sys.exit(1)
    click.secho(f"{problem.title}.", err=True, bold=True)
    if problem.errors:
        for fault in problem.errors:
            place = f"[{fault.pointer}] " if fault.pointer else ""
            click.echo(f"  - {place}{fault.message}", err=True)
    else:
        click.echo(f"  {problem.detail}", err=True)
    sys.exit(1)


def print_json(value: Any) -> None:
    """Print a value for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise click.ClickException(f"Không ghi được {path}: {error.strerror}") from error
