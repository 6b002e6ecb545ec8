"""`trinhky account`, `key`: who may come in; the first administrator is made here."""

import sys
from datetime import timedelta
from typing import Any

import click

from records import accounts, bodies
from records.accounts import Permission, Role
from service.cli.terminal import as_json, faults_shown, open_desk, print_json, settings
from service.workflow import access

_PASSWORD = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Đọc mật khẩu từ dòng đầu vào."
)


@click.group()
def account() -> None:
    """Tài khoản của người dùng."""


@account.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Họ và tên.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="Vai trò; ghi nhiều lần được.",
)
@click.option("--body", default="", help="Mã cơ quan; trống: mọi cơ quan.")
@_PASSWORD
def add_account(login: str, name: str, roles: list[str], body: str, *, from_stdin: bool) -> None:
    """Tạo tài khoản LOGIN. Từ tài khoản đầu tiên, mọi trang đều phải đăng nhập."""
    password = _read_password(from_stdin=from_stdin)
    with faults_shown(), open_desk() as desk:
        access.add_account(
            desk,
            login,
            name=name,
            roles=[Role(role) for role in roles],
            password=password,
            body=body,
            by=settings().clerk,
        )
    click.echo(f"Đã tạo tài khoản {login}: {', '.join(Role(role).label for role in roles)}.")


@account.command("password")
@click.argument("login")
@_PASSWORD
def set_password(login: str, *, from_stdin: bool) -> None:
    """Đặt lại mật khẩu của LOGIN; mọi trình duyệt của tài khoản phải đăng nhập lại."""
    password = _read_password(from_stdin=from_stdin)
    with faults_shown(), open_desk() as desk:
        access.set_password(desk, login, password, by=settings().clerk)
    click.echo("Đã đặt lại mật khẩu.")


@account.command("close")
@click.argument("login")
def close(login: str) -> None:
    """Khóa tài khoản LOGIN; đăng xuất ở mọi nơi."""
    with faults_shown(), open_desk() as desk:
        access.set_active(desk, login, is_active=False, by=settings().clerk)
    click.echo("Đã khóa tài khoản.")


@account.command("open")
@click.argument("login")
def reopen(login: str) -> None:
    """Mở lại tài khoản LOGIN."""
    with faults_shown(), open_desk() as desk:
        access.set_active(desk, login, is_active=True, by=settings().clerk)
    click.echo("Đã mở lại tài khoản.")


@account.command("list")
@as_json
def list_accounts(*, is_json: bool) -> None:
    """Liệt kê tài khoản."""
    with faults_shown(is_json=is_json), open_desk() as desk, desk.reading() as session:
        names = {body.id: body.key for body in bodies.bodies(session)}
        listed: list[dict[str, Any]] = [
            {
                "login": one.login,
                "name": one.name,
                "roles": one.roles,
                "body": names.get(one.body_id or 0, ""),
                "is_active": one.is_active,
            }
            for one in accounts.accounts(session)
        ]
    if is_json:
        print_json(listed)
        return
    for row in listed:
        state = "" if row["is_active"] else " (đã khóa)"
        click.echo(f"{row['login']:<20}{row['name']:<28}{', '.join(row['roles'])}{state}")
    if not listed:
        click.echo("Chưa có tài khoản.")


@click.group()
def key() -> None:
    """Khóa của hệ thống khác."""


@key.command("add")
@click.argument("name")
@click.option(
    "--permission",
    "permissions",
    multiple=True,
    required=True,
    type=click.Choice([one.value for one in Permission if one is not Permission.ADMINISTER]),
    help="Quyền; ghi nhiều lần được.",
)
@click.option("--body", default="", help="Mã cơ quan; trống: mọi cơ quan.")
@click.option("--days", default=365, type=click.IntRange(1, 1_096), help="Số ngày có hiệu lực.")
@as_json
def add_key(name: str, permissions: list[str], body: str, days: int, *, is_json: bool) -> None:
    """Cấp khóa cho hệ thống NAME; khóa chỉ hiện một lần này."""
    with faults_shown(is_json=is_json), open_desk() as desk:
        made = access.make_key(
            desk,
            name,
            permissions=[Permission(one) for one in permissions],
            expires_on=desk.today() + timedelta(days=days),
            body=body,
            by=settings().clerk,
        )
    if is_json:
        print_json({"key": made})
        return
    click.echo("Khóa, chỉ hiện lần này; cất ở chỗ an toàn:")
    click.secho(made, bold=True)


@key.command("list")
@as_json
def list_keys(*, is_json: bool) -> None:
    """Liệt kê khóa đã cấp; không bao giờ hiện cả khóa."""
    with faults_shown(is_json=is_json), open_desk() as desk, desk.reading() as session:
        listed: list[dict[str, Any]] = [
            {
                "prefix": one.prefix,
                "name": one.name,
                "permissions": one.permissions,
                "expires_on": one.expires_on,
                "used_at": one.used_at,
                "is_revoked": one.revoked_at is not None,
            }
            for one in accounts.keys(session)
        ]
    if is_json:
        print_json(listed)
        return
    for row in listed:
        state = "đã thu hồi" if row["is_revoked"] else f"đến {row['expires_on']:%d/%m/%Y}"
        click.echo(f"{row['prefix']}…  {row['name']}  {', '.join(row['permissions'])}  {state}")
    if not listed:
        click.echo("Chưa cấp khóa nào.")


@key.command("revoke")
@click.argument("prefix")
def revoke(prefix: str) -> None:
    """Thu hồi khóa có phần đầu PREFIX."""
    with faults_shown(), open_desk() as desk:
        access.revoke_key(desk, prefix, by=settings().clerk)
    click.echo("Đã thu hồi khóa.")


def _read_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return str(click.prompt("Mật khẩu", hide_input=True, confirmation_prompt="Gõ lại"))
