"""`trinhky backup` and `trinhky restore`."""

from pathlib import Path

import click

from service.cli.terminal import faults_shown, open_desk, settings
from service.workflow import backing_up
from service.workflow import desk as desks


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def backup(folder: Path) -> None:
    """Sao lưu cơ sở dữ liệu vào FOLDER (nên ở ổ đĩa khác), rồi đọc kiểm lại bản sao.

    Khai TRINHKY_BACKUP_RECIPIENT thì bản sao được mã hóa; chỉ người giữ khóa bí mật mở được.
    """
    with faults_shown(), open_desk() as desk:
        made = backing_up.backup(desk, folder, recipient=settings().backup_recipient)
    for problem in made.problems:
        click.secho(f"  {problem}", fg="red")
    click.echo(
        f"Đã sao lưu {made.entries} số, {made.size / 1e6:.1f} MB: {made.path}\n"
        f"SHA-256 {made.sha256}"
    )
    if made.problems:
        raise SystemExit(1)


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp khóa bí mật, khi bản sao lưu đã mã hóa (.age).",
)
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def restore(source: Path, key: Path | None, *, yes: bool) -> None:
    """Khôi phục cơ sở dữ liệu từ bản sao lưu SOURCE; dừng trang web trước khi làm."""
    if not yes:
        click.confirm(
            "Cơ sở dữ liệu hiện có sẽ được thay bằng bản sao lưu. Đã dừng trang web và các máy "
            "khác chưa?",
            abort=True,
        )
    with faults_shown():
        desk = desks.open_desk(settings())
        try:
            done = backing_up.restore(desk, source, by=settings().clerk, key=key)
        finally:
            desk.store.dispose()
    click.echo(f"Đã khôi phục {done.entries} số.")
    if done.aside:
        click.echo(f"Cơ sở dữ liệu cũ được giữ ở {done.aside}")
    for symbol in done.lost:
        click.secho(f"  {symbol}: đã cấp sau khi sao lưu; quét lại bản giấy để lưu", fg="yellow")
    for problem in done.problems:
        click.secho(f"  {problem}", fg="red")
    if done.problems:
        raise SystemExit(1)
