"""`trinhky database`, `demo`, `serve`: the database, a demonstration, the web server."""

import logging
import threading
from pathlib import Path

import click
import waitress

from doc_templates.kinds import print_number
from records import envelopes, succession
from records.sealing import read_seal, write_key
from records.store import Store
from service.app import create_app
from service.cli.terminal import (
    as_json,
    faults_shown,
    open_desk,
    print_json,
    settings,
    write_file,
)
from service.workflow import demonstrating, notifying, protecting, setting_up
from service.workflow import desk as desks
from service.workflow.demonstrating import DemoPaper
from service.workflow.desk import Desk

#: The data of the demonstration lies beside the packages in a checkout.
FIXTURES = Path(__file__).parents[2] / "fixtures"
_HASH_SHOWN = 16


@click.group()
def database() -> None:
    """Cơ sở dữ liệu."""


@database.command()
def upgrade() -> None:
    """Lập cơ sở dữ liệu, hoặc đưa lên dạng mới nhất."""
    with faults_shown():
        store = Store(settings().database_url)
        store.upgrade()
        click.echo(f"Cơ sở dữ liệu ở phiên bản {store.current_revision()}.")
        store.dispose()


@database.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def load(folder: Path) -> None:
    """Nạp cơ quan, đơn vị, danh hiệu, đợt khen thưởng từ các tệp TOML trong FOLDER."""
    with faults_shown(), open_desk() as desk:
        loaded = setting_up.load_office(desk, setting_up.read_office(folder))
    click.echo(
        f"Thêm mới: {loaded.bodies} cơ quan, {loaded.signatories} người ký, "
        f"{loaded.recipients} dòng nơi nhận, {loaded.units} đơn vị, "
        f"{loaded.awards} danh hiệu và hình thức khen thưởng, {loaded.campaigns} đợt."
    )
    for addition in loaded.additions:
        click.echo(f"  + {addition}")


@database.command("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def make_key(file: Path) -> None:
    """Tạo tệp khóa FILE để mã hóa số định danh; cất một bản ở nơi khác, mất khóa là mất số."""
    with faults_shown():
        write_key(file)
    click.echo(f"Đã tạo khóa: {file}. Khai TRINHKY_IDENTITY_KEY={file} rồi chạy:")
    click.echo("  trinhky database seal")


@database.command("backup-key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def make_backup_key(file: Path) -> None:
    """Tạo tệp khóa bí mật FILE để mở bản sao lưu; cất ở máy khác, không để trên máy chủ."""
    with faults_shown():
        recipient = envelopes.write_key(file)
    click.echo(f"Đã tạo khóa bí mật: {file}. Cất ở máy khác, xóa khỏi máy này, rồi khai:")
    click.echo(f"  TRINHKY_BACKUP_RECIPIENT={recipient}")


@database.command("seal")
@click.option(
    "--old-key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp khóa cũ, khi đổi khóa.",
)
def seal(old_key: Path | None) -> None:
    """Mã hóa mọi số định danh đã lưu bằng khóa ở TRINHKY_IDENTITY_KEY."""
    if settings().identity_key is None:
        raise click.ClickException("Chưa khai TRINHKY_IDENTITY_KEY; tạo khóa: trinhky database key")
    with faults_shown(), open_desk() as desk:
        count = protecting.seal_numbers(desk, old=read_seal(old_key) if old_key else None)
    click.echo(f"Đã mã hóa {count} số định danh.")


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    help="Thư mục nhận các tệp Word.",
)
@as_json
def demo(output: Path, *, is_json: bool) -> None:
    """Chạy thử: lập cơ sở dữ liệu riêng, nạp dữ liệu minh họa, ban hành tám văn bản."""
    if not FIXTURES.is_dir():
        raise click.ClickException("Dữ liệu minh họa chỉ có trong thư mục mã nguồn.")
    path = output / "demo.db"
    try:
        for old in output.glob("demo.db*"):
            old.unlink()
    except OSError as error:
        raise click.ClickException(f"Không xóa được {path}: {error.strerror}") from error
    store = Store(f"sqlite:///{path}")
    with faults_shown(is_json=is_json):
        store.upgrade()
        desk = Desk(store)
        loaded = demonstrating.load(desk, FIXTURES)
        papers = []
        for paper in demonstrating.issue_papers(desk, FIXTURES):
            write_file(output / paper.file_name, paper.content)
            papers.append(paper)
    store.dispose()
    if is_json:
        print_json([_paper_json(paper, output) for paper in papers])
        return
    click.echo(
        f"Đã nạp {loaded.bodies} cơ quan, {loaded.units} đơn vị và 60 đề nghị khen thưởng hư cấu."
    )
    _print_papers(papers, output)
    click.echo(
        "\nMở trang web với dữ liệu này:\n"
        f"  TRINHKY_DATABASE_URL=sqlite:///{path} make serve\n"
        "rồi vào http://127.0.0.1:8000"
    )


@database.command("find")
@click.argument("text")
@as_json
def find(text: str, *, is_json: bool) -> None:
    """Tìm cơ quan, đơn vị theo một phần tên, cả tên cũ; cho biết nay là đâu."""
    with faults_shown(is_json=is_json), open_desk() as desk, desk.reading() as session:
        told = [
            {
                "name": getattr(row, "full_name", "") or getattr(row, "name", ""),
                "until": row.valid_to,
                "now": now,
            }
            for row, now in succession.find_named(session, text)
        ]
    if is_json:
        print_json(told)
        return
    for one in told:
        ended = f", đến hết {one['until']:%d/%m/%Y}" if one["until"] else ""
        after = f"; nay là {one['now']}" if one["now"] else ""
        click.echo(f"{one['name']}{ended}{after}")
    if not told:
        click.echo("Không có cơ quan, đơn vị nào có tên ấy.")


@click.command()
def serve() -> None:
    """Chạy trang web và giao diện lập trình; cơ sở dữ liệu được lập khi cần."""
    with faults_shown():
        found = settings()
        desk = desks.open_desk(found)
        desk.templates.check()
        desk.store.upgrade()
        app = create_app(found, desk)
    # That requests wait for a free thread is no news in an office of many clerks.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    if found.request_log:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    click.echo(f"Mở http://{found.host}:{found.port} trong trình duyệt (Ctrl+C để dừng).")
    stop = threading.Event()
    threading.Thread(target=notifying.keep_delivering, args=(desk, stop), daemon=True).start()
    try:
        waitress.serve(app, host=found.host, port=found.port, threads=4, ident=None)
    except (OSError, ValueError) as error:
        raise click.ClickException(
            f"Không mở được {found.host}:{found.port}: cổng đang được chương trình khác dùng, hoặc "
            "TRINHKY_HOST, TRINHKY_PORT chưa đúng."
        ) from error


def _print_papers(papers: list[DemoPaper], output: Path) -> None:
    click.echo(f"\n{'Số':<6}{'Số, ký hiệu':<15}{'SHA-256':<19}Tệp")
    for paper in papers:
        issued = paper.issued
        number = print_number(issued.number) if issued else "-"
        symbol = issued.symbol if issued else "(kèm theo)"
        click.echo(
            f"{number:<6}{symbol:<15}{paper.sha256[:_HASH_SHOWN]}…  {output / paper.file_name}"
        )


def _paper_json(paper: DemoPaper, output: Path) -> dict[str, object]:
    issued = paper.issued
    return {
        "id": paper.document_id,
        "title": paper.title,
        "number": issued.number if issued else None,
        "symbol": issued.symbol if issued else None,
        "sha256": paper.sha256,
        "file": str(output / paper.file_name),
    }
