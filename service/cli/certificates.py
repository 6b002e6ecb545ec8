"""`trinhky certificates`: look at, print and calibrate Giấy khen and Giấy chứng nhận."""

from pathlib import Path

import click

from doc_templates.certificates import Arrangement, Mode
from doc_templates.certificates.arrangement import default_text
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.intake.certificates import parse_certificates
from service.intake.papers import read_paper_file
from service.workflow import certifying
from service.workflow.certifying import Sheets

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
source_argument = click.argument("source")
arrangement_option = click.option(
    "--arrangement", type=_FILE, help="Tệp bố trí phôi (TOML); bỏ trống: của cơ quan hoặc mặc định."
)
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True
)


@click.group()
def certificates() -> None:
    """Giấy khen, giấy chứng nhận: xem trước, in, căn chỉnh phôi.

    SOURCE là số thứ tự của một quyết định đã ban hành, hoặc một tệp TOML.
    """


@certificates.command("check")
@source_argument
@arrangement_option
@as_json
def check(source: str, arrangement: Path | None, *, is_json: bool) -> None:
    """Báo trước tờ nào phải thu nhỏ chữ, tờ nào không in được; không in gì cả."""
    with faults_shown(is_json=is_json):
        sheets = _sheets(source, arrangement)
    fits = sheets.fits()
    if is_json:
        print_json(
            [
                {
                    "number": fit.number,
                    "recipient": fit.recipient,
                    "slot": fit.slot,
                    "fault": fit.fault.value,
                    "size": fit.size,
                    "lines": fit.lines,
                    "stops": fit.stops,
                    "message": str(fit),
                }
                for fit in fits
            ]
        )
    else:
        for fit in fits:
            click.secho(str(fit), fg="red" if fit.stops else None)
        stopped = len({fit.number for fit in fits if fit.stops})
        count = len(sheets.certificates)
        shrunk = len({fit.number for fit in fits if not fit.stops})
        click.echo(f"{count} tờ: {stopped} tờ chưa in được, {shrunk} tờ có chữ phải thu nhỏ.")
    if any(fit.stops for fit in fits):
        raise SystemExit(1)


@certificates.command("print")
@source_argument
@output_option
@arrangement_option
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.FULL.value,
    show_default=True,
    help="full: in đủ nền; overprint: in đè lên phôi in sẵn.",
)
@click.option("--emblem", type=_FILE, help="Hình Quốc huy hoặc biểu tượng (PNG, JPEG).")
@click.option(
    "--shift",
    type=(float, float),
    default=(0.0, 0.0),
    help="Dời mọi chữ sang phải, xuống dưới bao nhiêu milimét; đo bằng tờ căn chỉnh.",
)
def print_certificates(
    source: str,
    output: Path,
    arrangement: Path | None,
    *,
    mode: str,
    emblem: Path | None,
    shift: tuple[float, float],
) -> None:
    """In thành một tệp PDF, mỗi tờ một trang, theo thứ tự của danh sách."""
    with faults_shown():
        sheets = _sheets(source, arrangement)
        if any(shift):
            moved = tuple(sheet.shifted(*shift) for sheet in sheets.arrangements)
            sheets = Sheets(certificates=sheets.certificates, arrangements=moved, body=sheets.body)
        content = certifying.print_certificates(
            sheets,
            Mode(mode),
            folder=settings().certificates,
            emblem=emblem.read_bytes() if emblem else b"",
        )
    write_file(output, content)
    for fit in sheets.fits():
        click.secho(str(fit), fg="yellow", err=True)
    click.echo(f"Đã in {len(sheets.certificates)} tờ: {output}")


@certificates.command("calibrate")
@output_option
@arrangement_option
def calibrate(output: Path, arrangement: Path | None) -> None:
    """Lập tờ căn chỉnh: in ra, đặt chồng lên phôi và đo."""
    with faults_shown():
        sheet = _arrangement(arrangement) or certifying.find_arrangement(settings().certificates)
        write_file(output, certifying.calibration(sheet))
    click.echo(f"Đã lập tờ căn chỉnh: {output}")


@certificates.command("arrangement")
@output_option
def arrangement(output: Path) -> None:
    """Ghi tệp bố trí phôi mặc định để sửa cho phôi của cơ quan."""
    write_file(output, default_text().encode("utf-8"))
    click.echo(f"Đã ghi tệp bố trí: {output}")


def _sheets(source: str, arrangement: Path | None) -> Sheets:
    sheet = _arrangement(arrangement)
    if source.isdecimal():
        with open_desk() as desk:
            made = certifying.of_decision(desk, int(source))
        return made if sheet is None else certifying.on_sheet(made, sheet)
    file = Path(source)
    if not file.is_file():
        raise click.ClickException(
            f"Không có tệp {source}; cần số thứ tự của quyết định hoặc một tệp TOML."
        )
    listed = parse_certificates(read_paper_file(file.read_bytes()))
    return certifying.of_list(listed, folder=settings().certificates, sheet=sheet)


def _arrangement(file: Path | None) -> Arrangement | None:
    return None if file is None else certifying.read_arrangement(file.read_bytes())
