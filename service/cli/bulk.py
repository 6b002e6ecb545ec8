"""`trinhky bulk` and `trinhky worker`: many papers from one list, and who helps to make them."""

import os
import platform
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from doc_templates.certificates import Mode
from records.jobs import JobState
from service.cli.terminal import faults_shown, open_desk, settings
from service.workflow import bulk as bulk_work
from service.workflow import dispatching, gathering
from service.workflow.desk import Desk
from service.workflow.dispatching import Dispatch

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LOOK_SECONDS = 0.2
_SWEEP_SECONDS = 60.0


@click.command()
@click.argument("listed", metavar="LIST", type=_FILE)
@click.option(
    "--form",
    type=click.Choice(["certificate"]),
    required=True,
    help="certificate: giấy khen, giấy chứng nhận.",
)
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--common", type=_FILE, help="Tệp TOML phần chung, khi LIST là Excel hoặc CSV.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.FULL.value,
    show_default=True,
    help="full: in đủ nền; overprint: in đè lên phôi in sẵn.",
)
@click.option("--retry", is_flag=True, help="Làm lại các dòng lỗi, hoặc việc đã hủy.")
@click.option("--cancel", is_flag=True, help="Hủy việc này; tờ đã lập vẫn giữ.")
def bulk(
    listed: Path,
    form: str,
    output: Path,
    common: Path | None,
    *,
    mode: str,
    retry: bool,
    cancel: bool,
) -> None:
    """Lập hàng loạt từ danh sách LIST vào thư mục OUTPUT.

    Bị ngắt giữa chừng thì gõ lại đúng lệnh ấy: máy làm tiếp, không làm lại tờ đã xong.
    """
    who = settings().clerk
    with faults_shown(), open_desk() as desk, dispatching.open_dispatch(desk.store) as dispatch:
        said = bulk_work.read_list(
            listed.read_bytes(), listed.name, shared=common.read_bytes() if common else b""
        )
        bulk_work.forget_old(desk, dispatch, by=who)
        place = str(output.resolve())
        job_id = bulk_work.open_job(desk, dispatch, said, place=place, mode=mode, by=who)
        if cancel:
            bulk_work.cancel(desk, dispatch, job_id, by=who)
            click.echo("Đã hủy; tờ đã lập vẫn giữ. Làm tiếp: thêm --retry.")
            return
        if retry:
            again = bulk_work.begin_again(desk, dispatch, job_id, by=who)
            click.echo(f"Làm lại {again} dòng.")
        state = _work(desk, dispatch, job_id)
        if state is JobState.CANCELLED:
            raise click.ClickException("Việc này đã hủy. Muốn làm tiếp: thêm --retry.")
        if state is JobState.RUNNING:
            raise click.ClickException(
                "Việc bị dừng giữa chừng (ổ đĩa hoặc cơ sở dữ liệu không đáp ứng); tờ đã lập vẫn "
                "giữ. Gõ lại đúng lệnh này để làm tiếp."
            )
        try:
            made = gathering.gather(desk, job_id, output)
        except OSError as error:
            raise click.ClickException(f"Không ghi được {output}: {error.strerror}") from error
    for fault in made.faults:
        click.secho(f"  - {fault}", fg="red", err=True)
    click.echo(f"Đã lập {made.count} tờ vào {output}; {len(made.faults)} dòng lỗi.")
    if made.faults:
        raise SystemExit(1)


@click.command()
@click.option(
    "--slot",
    default="1",
    show_default=True,
    help="Tên chỗ làm, mỗi tiến trình một tên, lần sau vẫn tên ấy.",
)
def worker(slot: str) -> None:
    """Giúp lập hàng loạt: nhận phần việc đang chờ cho tới khi bị dừng (Ctrl+C)."""
    with (
        faults_shown(),
        open_desk() as desk,
        dispatching.open_dispatch(desk.store) as dispatch,
        dispatching.working(desk.store, bulk_work.doing(desk), slot=_slot(slot)),
    ):
        click.echo("Đang chờ việc. Dừng: Ctrl+C.")
        try:
            while True:
                dispatch.sweep(desk.now())
                bulk_work.forget_old(desk, dispatch, by=settings().clerk)
                time.sleep(_SWEEP_SECONDS)
        except KeyboardInterrupt:
            click.echo("Đã dừng.")


def _slot(name: str) -> str:
    return f"{platform.node() or os.name}-{name}"


def _work(desk: Desk, dispatch: Dispatch, job_id: int) -> JobState:
    """Work until no row waits, showing how far it is; nothing to do starts nothing.

    Gives RUNNING where rows wait that nobody will do.
    """
    start = bulk_work.progress(desk, job_id)
    if start.state not in (JobState.WAITING, JobState.RUNNING):
        return start.state
    began, before, swept = time.monotonic(), start, 0.0
    bar = Bar(
        TextColumn("Lập"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        console=Console(stderr=True),
    )
    with dispatching.working(desk.store, bulk_work.doing(desk), slot=_slot("bulk")), bar:
        shown = bar.add_task("", total=start.total, said="")
        while True:
            now = bulk_work.progress(desk, job_id)
            speed = bulk_work.speed(start, now, time.monotonic() - began)
            said = f"{now.failed} lỗi"
            if speed.rate is not None and speed.seconds_left is not None:
                said += f", {speed.rate:.1f} tờ/giây, còn {speed.seconds_left:.0f} giây"
            bar.update(shown, completed=now.done + now.failed, said=said)
            if now.state not in (JobState.WAITING, JobState.RUNNING):
                return now.state
            if now == before and bulk_work.is_stalled(desk, dispatch, job_id):
                return JobState.RUNNING
            before = now
            if time.monotonic() > swept + _SWEEP_SECONDS:
                dispatch.sweep(desk.now())
                swept = time.monotonic()
            time.sleep(_LOOK_SECONDS)
