"""`trinhky verify`: is everything that is kept whole?"""

import time

import click

from service.cli.terminal import as_json, faults_shown, open_desk, print_json
from service.workflow import inspecting


@click.command()
@click.option("--quick", "is_quick", is_flag=True, help="Không băm lại nội dung văn bản.")
@click.option(
    "--papers", "makes_again", is_flag=True, help="Lập lại từng văn bản đã ban hành và so nội dung."
)
@as_json
def verify(*, is_quick: bool, makes_again: bool, is_json: bool) -> None:
    """Kiểm cả kho: số liên tục, văn bản khớp sổ, nội dung nguyên vẹn, nhật ký nối tiếp."""
    start = time.monotonic()
    with faults_shown(is_json=is_json), open_desk() as desk:
        done = inspecting.verify(desk, is_deep=not is_quick, makes_again=makes_again)
    found = done.inspection
    if is_json:
        print_json(
            {
                "books": found.books,
                "entries": found.entries,
                "documents": found.documents,
                "audit_entries": found.audit_entries,
                "blobs": found.blobs,
                "bytes": found.size,
                "made_again": done.made_again,
                "problems": [
                    {"code": one.code, "place": one.place, "message": one.message}
                    for one in found.problems
                ],
            }
        )
    else:
        for problem in found.problems:
            click.secho(f"  {problem}", fg="red")
        hashed = "" if is_quick else f", băm lại {found.size / 1e6:.1f} MB"
        again = f", lập lại {done.made_again} văn bản" if makes_again else ""
        click.echo(
            f"{found.books} sổ, {found.entries} số, {found.documents} văn bản, "
            f"{found.audit_entries} mục nhật ký, {found.blobs} nội dung{hashed}{again}: "
            f"{len(found.problems)} chỗ không khớp ({time.monotonic() - start:.1f} giây)."
        )
    if found.problems:
        raise SystemExit(1)
