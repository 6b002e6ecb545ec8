"""`/tai-khoan`: who may come in: accounts made, closed and given passwords by administrators."""

import re
import secrets
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from records import accounts, bodies
from records.accounts import Account, Permission, Role
from records.errors import Conflict, NotFound
from service.guarding import actor
from service.intake.fields import clean_line
from service.web.showing import clerk, desk
from service.workflow import access

blueprint = Blueprint("web_accounts", __name__, url_prefix="/tai-khoan")
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}", re.ASCII)
#: Letters of a password that is read out: none that looks like another.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _IN_GROUP = 4, 4


@blueprint.get("")
def administer() -> str:
    """Show the accounts and keys that the administrator looks after."""
    return _shown()


@blueprint.post("")
def add() -> ResponseReturnValue:
    """Make an account with a first password, which is shown once."""
    typed = request.form
    try:
        if access.is_open_house(desk()):
            raise Conflict("Tạo quản trị đầu tiên bằng lệnh “trinhky account add” trên máy chủ.")
        login = typed.get("login", "").strip()
        if not _LOGIN.fullmatch(login):
            raise Conflict("Tên đăng nhập: từ 2 đến 32 chữ a-z, số, dấu chấm, gạch; không dấu.")
        name = str(clean_line(typed.get("name", "")))
        if not name:
            raise Conflict("Ghi họ và tên người dùng tài khoản.")
        roles = [Role(one) for one in typed.getlist("roles") if one in set(Role)]
        body = typed.get("body", "")
        with desk().reading() as session:
            _check_body(session, body)
        password = _new_password()
        access.add_account(
            desk(), login, name=name, roles=roles, password=password, body=body, by=clerk()
        )
    except (Conflict, NotFound, ValueError) as error:
        chosen = typed.getlist("roles")
        return _shown(faults=[str(error)], typed=typed.to_dict(), chosen=chosen), 422
    return _shown(made=(login, password)), 201


@blueprint.post("/<login>/mat-khau")
def reset_password(login: str) -> str:
    """Give an account another password, which is shown once; every browser signs in again."""
    _check_mine(login)
    password = _new_password()
    access.set_password(desk(), login, password, by=clerk())
    return _shown(made=(login, password))


@blueprint.post("/<login>/khoa")
def close(login: str) -> ResponseReturnValue:
    """Close an account, or open a closed one again.

    Raises:
        Conflict: it is one's own.
    """
    account = _check_mine(login)
    if account.login == actor().login:
        raise Conflict("Không khóa được tài khoản đang dùng; nhờ quản trị khác.")
    access.set_active(desk(), login, is_active=not account.is_active, by=clerk())
    return redirect(url_for(".administer"), 303)


def _check_mine(login: str) -> Account:
    """Give an account that the administrator looks after.

    Raises:
        NotFound: there is none, or it is another body's.
    """
    with desk().reading() as session:
        account = accounts.get_account(session, login)
        if actor().body_id not in (None, account.body_id):
            raise NotFound("tài khoản", login)
        return account


def _check_body(session: Session, body: str) -> None:
    """See to it that the body is the administrator's to give.

    Raises:
        NotFound: it is another's, or all of them are asked for.
    """
    if actor().body_id is None:
        return
    if not body or bodies.get_body(session, body).id != actor().body_id:
        raise NotFound("cơ quan", body or "mọi cơ quan")


def _new_password() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_IN_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _shown(
    *,
    faults: Sequence[str] = (),
    typed: dict[str, str] | None = None,
    chosen: Sequence[str] = (),
    made: tuple[str, str] | None = None,
) -> str:
    mine = actor().body_id
    with desk().reading() as session:
        return render_template(
            "accounts.html",
            accounts=[one for one in accounts.accounts(session) if mine in (None, one.body_id)],
            keys=[one for one in accounts.keys(session) if mine in (None, one.body_id)],
            own_bodies=[one for one in bodies.bodies(session) if mine in (None, one.id)],
            may_give_all=mine is None,
            bodies={body.id: body.full_name for body in bodies.bodies(session)},
            roles={role.value: role.label for role in Role},
            permissions={one.value: one.label for one in Permission},
            today=desk().today(),
            now=desk().now(),
            faults=faults,
            typed=typed or {},
            chosen=chosen,
            made=made,
            is_open_house=access.is_open_house(desk()),
        )
