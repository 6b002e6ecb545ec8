"""The command `trinhky`, also `python -m service`."""

import sys

import click

from service.cli import (
    access,
    backups,
    bulk,
    certificates,
    checking,
    database,
    describing,
    documents,
    dossiers,
    golden_book,
    inspecting,
    movement,
    papers,
    personal,
    printing,
    registers,
    webhooks,
)
from service.problems import trace_of


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trinhky", message="trinhky %(version)s")
def trinhky() -> None:
    """Trình ký: từ hồ sơ thi đua - khen thưởng đến văn bản sẵn sàng để ký."""


for command in (
    papers.render,
    papers.forms,
    printing.pdf,
    printing.print_papers,
    certificates.certificates,
    bulk.bulk,
    bulk.worker,
    checking.check,
    documents.nominate,
    movement.review,
    movement.ruling,
    golden_book.golden,
    describing.openapi,
    webhooks.webhook,
    movement.campaign,
    dossiers.dossier,
    dossiers.amend,
    dossiers.withdraw,
    dossiers.council_group,
    dossiers.handover,
    documents.agree,
    documents.draft,
    documents.issue,
    documents.docx,
    documents.cancel,
    registers.register,
    personal.person,
    access.account,
    access.key,
    inspecting.verify,
    backups.backup,
    backups.restore,
    database.database,
    database.demo,
    database.serve,
):
    trinhky.add_command(command)


def main() -> None:
    """Run the command; Vietnamese text is written as UTF-8 whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if any(_is_broken(word) for word in sys.argv):
        click.echo("Tham số có chữ hỏng: hãy gõ lại bằng bảng mã UTF-8.", err=True)
        sys.exit(2)
    try:
        trinhky(prog_name="trinhky")
    except Exception as error:
        click.echo(f"Lỗi của chương trình; chưa có gì thay đổi.\n{trace_of(error)}", err=True)
        sys.exit(1)


def _is_broken(word: str) -> bool:
    """Tell whether a word of the command line holds bytes that are no letters."""
    return any("\ud800" <= letter <= "\udfff" for letter in word)


if __name__ == "__main__":
    main()
