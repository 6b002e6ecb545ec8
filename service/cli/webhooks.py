"""`trinhky webhook`: other systems that are told when a paper is issued, recalled, cancelled."""

import click

from records import webhooks
from records.webhooks import Event
from service.cli.documents import ROW
from service.cli.terminal import faults_shown, open_desk, settings
from service.workflow import notifying


@click.group()
def webhook() -> None:
    """Báo cho hệ thống khác khi văn bản được ban hành, thu hồi, hủy."""


@webhook.command("add")
@click.argument("url")
@click.option(
    "--event",
    "events",
    multiple=True,
    type=click.Choice([event.value for event in Event]),
    help="Việc cần báo; bỏ trống: mọi việc.",
)
@click.option("--body", default="", help="Mã cơ quan; bỏ trống: mọi cơ quan.")
def add(url: str, events: tuple[str, ...], body: str) -> None:
    """Báo cho địa chỉ URL (https://…); in khóa bí mật để bên kia kiểm chữ ký, chỉ một lần."""
    wanted = [Event(one) for one in events] or list(Event)
    with faults_shown(), open_desk() as desk:
        number, secret = notifying.add_webhook(
            desk, url, events=wanted, body=body, by=settings().clerk
        )
    click.echo(f"Webhook {number}. Khóa bí mật (chỉ hiện lần này):\n{secret}")


@webhook.command("list")
def list_all() -> None:
    """Liệt kê các địa chỉ đang được báo."""
    with faults_shown(), open_desk() as desk, desk.reading() as session:
        found = webhooks.webhooks(session)
        for one in found:
            click.echo(f"{one.id:>4}  {one.url}  {', '.join(one.events)}")
        if not found:
            click.echo("Chưa báo cho địa chỉ nào.")


@webhook.command("remove")
@click.argument("number", type=ROW)
def remove(number: int) -> None:
    """Thôi báo cho địa chỉ NUMBER."""
    with faults_shown(), open_desk() as desk:
        notifying.remove_webhook(desk, number, by=settings().clerk)
    click.echo("Đã thôi báo.")


@webhook.command("deliveries")
def list_deliveries() -> None:
    """Liệt kê các thông báo gần đây: đã tới, đang chờ, đã bỏ."""
    with faults_shown(), open_desk() as desk, desk.reading() as session:
        for one in webhooks.deliveries(session):
            state = "đã tới" if one.arrived_at else "đang chờ" if one.due_at else "đã bỏ"
            click.echo(
                f"{one.id:>5}  webhook {one.webhook_id}  {one.event.value:<20} {state}, "
                f"{one.tries} lần thử{': ' if one.answer else ''}{one.answer}"
            )


@webhook.command("resend")
@click.argument("number", type=ROW)
def resend(number: int) -> None:
    """Gửi lại thông báo NUMBER với cùng mã."""
    with faults_shown(), open_desk() as desk:
        notifying.send_again(desk, number)
        arrived = notifying.deliver_due(desk)
    click.echo(f"{arrived} thông báo đã tới.")


@webhook.command("send")
def send() -> None:
    """Gửi ngay mọi thông báo đang chờ; trang web đang chạy thì tự gửi."""
    with faults_shown(), open_desk() as desk:
        arrived = notifying.deliver_due(desk)
    click.echo(f"{arrived} thông báo đã tới.")
