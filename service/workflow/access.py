"""Coming in: passwords, sign-ins, keys of other systems; and whose records are open to whom."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import ClassVar, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from records import accounts, bodies
from records.accounts import Account, ApiKey, Permission, Role, SignIn
from records.bodies import IssuingBody
from records.errors import Conflict, NotFound
from service.workflow.desk import Desk

#: So many wrong passwords lock an account, for so long.
MOST_FAILURES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
#: A sign-in ends after so long without a page, and after so long in any case.
IDLE: Final = timedelta(hours=4)
LONGEST: Final = timedelta(hours=12)
#: How often a sign-in or a key is noted as used.
_NOTED_EVERY: Final = timedelta(minutes=5)
SHORTEST_PASSWORD: Final = 10
_LONGEST_PASSWORD: Final = 200
_KEY_MARK: Final = "tk"
#: Argon2id with the figures of OWASP: 19 MiB, two passes, one lane.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class SignInRefused(Exception):
    """Login or password is wrong, or the account is locked or closed; says no more than that."""

    code: ClassVar[str] = "sign-in-refused"


class AccessRefused(Exception):
    """Whoever asks is known, but may not do this."""

    code: ClassVar[str] = "access-refused"

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(
            f"Việc này cần quyền “{permission.label}”; hỏi người quản trị nếu đó là việc của bạn."
        )


class KeyMissing(Exception):
    """Another system came without a key that opens anything, or from elsewhere to an open house."""

    code: ClassVar[str] = "key-missing"

    def __init__(self) -> None:
        super().__init__(
            "Cần khóa trong đầu mục Authorization: Bearer …; quản trị cấp bằng “trinhky key add”."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks: a person or another system. `body_id` is None where all bodies are open."""

    name: str
    login: str
    permissions: frozenset[Permission]
    body_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether it may do something."""
        return permission in self.permissions


#: Who works at an office that has made no account: the one person at this machine.
AT_THIS_MACHINE: Final = Actor(name="", login="web", permissions=frozenset(Permission))


def is_open_house(desk: Desk) -> bool:
    """Tell whether the office has made no account and no key yet."""
    with desk.reading() as session:
        return not accounts.is_anybody_known(session)


def check_password(password: str) -> None:
    """See to it that a new password is long enough to keep.

    Raises:
        Conflict: it is too short or too long.
    """
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise Conflict(f"Mật khẩu cần từ {SHORTEST_PASSWORD} đến {_LONGEST_PASSWORD} ký tự.")


def add_account(
    desk: Desk,
    login: str,
    *,
    name: str,
    roles: Iterable[Role],
    password: str,
    body: str = "",
    by: str,
) -> None:
    """Make an account; without `body` all bodies are open to it.

    Raises:
        NotFound: there is no such body.
        Conflict: the login is taken, the password too short, or no role is given.
    """
    check_password(password)
    hashed = _HASHER.hash(password)
    with desk.transaction() as session:
        accounts.add_account(
            session,
            login,
            name=name,
            roles=roles,
            password_hash=hashed,
            body_id=bodies.get_body(session, body).id if body else None,
            by=by,
            at=desk.now(),
        )


def set_password(desk: Desk, login: str, password: str, *, by: str) -> None:
    """Give an account another password and sign it out everywhere.

    Raises:
        NotFound: there is no such account.
        Conflict: the password is too short.
    """
    check_password(password)
    hashed = _HASHER.hash(password)
    with desk.transaction() as session:
        account = accounts.get_account(session, login)
        account.password_hash = hashed
        account.failures = 0
        account.locked_until = None
        accounts.end_sign_ins(session, account)
        accounts.note(session, "account.password-set", account.id, by=by, at=desk.now())


def set_active(desk: Desk, login: str, *, is_active: bool, by: str) -> None:
    """Close an account, or open it again; a closed one is signed out everywhere.

    Raises:
        NotFound: there is no such account.
        Conflict: it is the last administrator's.
    """
    with desk.transaction() as session:
        account = accounts.get_account(session, login)
        others = [one for one in accounts.accounts(session) if one.id != account.id]
        is_last = not any(one.is_active and Role.ADMINISTRATOR.value in one.roles for one in others)
        if not is_active and Role.ADMINISTRATOR.value in account.roles and is_last:
            raise Conflict("Đây là quản trị cuối cùng; thêm một quản trị khác trước khi khóa.")
        account.is_active = is_active
        accounts.end_sign_ins(session, account)
        action = "account.opened" if is_active else "account.closed"
        accounts.note(session, action, account.id, by=by, at=desk.now())


def sign_in(desk: Desk, login: str, password: str) -> str:
    """Check a password and give the token of a new sign-in.

    Raises:
        SignInRefused: whatever is wrong; five wrong passwords lock the account for a while.
    """
    now = desk.now()
    with desk.reading() as session:
        found = accounts.find_account(session, login)
        known = found.password_hash if found else _nobody()
        is_locked = (
            found is not None and found.locked_until is not None and now < found.locked_until
        )
    is_right = _is_right(known, password) and found is not None
    if found is None or is_locked:
        raise SignInRefused(_refusal(is_locked=is_locked))
    token = secrets.token_urlsafe(32)
    with desk.transaction() as session:
        account = accounts.get_account(session, login)
        if not is_right or not account.is_active:
            account.failures += 1
            if account.failures >= MOST_FAILURES:
                account.locked_until = now + LOCKED_FOR
                account.failures = 0
                accounts.note(session, "account.locked", account.id, by=login, at=now)
            locked = account.locked_until is not None and now < account.locked_until
        else:
            account.failures = 0
            account.locked_until = None
            if _HASHER.check_needs_rehash(account.password_hash):
                account.password_hash = _HASHER.hash(password)
            session.execute(delete(SignIn).where(SignIn.began_at < now - LONGEST))
            session.add(
                SignIn(
                    token_hash=accounts.digest(token),
                    account_id=account.id,
                    began_at=now,
                    seen_at=now,
                )
            )
            accounts.note(session, "account.signed-in", account.id, by=login, at=now)
            return token
    raise SignInRefused(_refusal(is_locked=locked))


def sign_out(desk: Desk, token: str) -> None:
    """End a sign-in; one that is no more is left alone."""
    with desk.transaction() as session:
        session.execute(delete(SignIn).where(SignIn.token_hash == accounts.digest(token)))


def actor_of_token(desk: Desk, token: str) -> Actor | None:
    """Tell who a browser's token belongs to; `None`: nobody, or it has run out."""
    now = desk.now()
    with desk.reading() as session:
        sign_in = session.get(SignIn, accounts.digest(token))
        if sign_in is None or now - sign_in.began_at > LONGEST or now - sign_in.seen_at > IDLE:
            return None
        account = session.get_one(Account, sign_in.account_id)
        if not account.is_active:
            return None
        actor = Actor(
            name=account.name,
            login=account.login,
            permissions=account.permissions,
            body_id=account.body_id,
        )
        is_stale = now - sign_in.seen_at > _NOTED_EVERY
    if is_stale:
        with desk.transaction() as session:
            kept = session.get(SignIn, accounts.digest(token))
            if kept is not None:
                kept.seen_at = now
    return actor


def make_key(
    desk: Desk,
    name: str,
    *,
    permissions: Iterable[Permission],
    expires_on: date,
    body: str = "",
    by: str,
) -> str:
    """Make a key for another system and give it, this once.

    Raises:
        NotFound: there is no such body.
        Conflict: it would open nothing, or has run out already.
    """
    listed = sorted({permission.value for permission in permissions})
    if not listed:
        raise Conflict("Khóa cần ít nhất một quyền.")
    if Permission.ADMINISTER.value in listed:
        raise Conflict("Khóa của hệ thống khác không được có quyền quản trị.")
    if expires_on < desk.today():
        raise Conflict(f"Ngày hết hạn {expires_on:%d/%m/%Y} đã qua.")
    prefix = f"{_KEY_MARK}_{secrets.token_hex(4)}"
    key = f"{prefix}_{secrets.token_urlsafe(32)}"
    with desk.transaction() as session:
        row = ApiKey(
            prefix=prefix,
            key_hash=accounts.digest(key),
            name=name,
            body_id=bodies.get_body(session, body).id if body else None,
            permissions=listed,
            expires_on=expires_on,
            made_at=desk.now(),
            made_by=by,
        )
        session.add(row)
        session.flush()
        accounts.note(session, "api_key.made", row.id, by=by, at=desk.now())
    return key


def revoke_key(desk: Desk, prefix: str, *, by: str) -> None:
    """Close a key for ever.

    Raises:
        NotFound: there is no such key.
    """
    with desk.transaction() as session:
        row = session.scalars(select(ApiKey).where(ApiKey.prefix == prefix)).one_or_none()
        if row is None:
            raise NotFound("khóa", prefix)
        if row.revoked_at is None:
            row.revoked_at = desk.now()
            accounts.note(session, "api_key.revoked", row.id, by=by, at=desk.now())


def actor_of_key(desk: Desk, key: str) -> Actor | None:
    """Tell which system a key belongs to; `None`: none, or it is closed or has run out."""
    now = desk.now()
    with desk.reading() as session:
        row = session.scalars(
            select(ApiKey).where(ApiKey.key_hash == accounts.digest(key))
        ).one_or_none()
        if row is None or row.revoked_at is not None or desk.today() > row.expires_on:
            return None
        actor = Actor(
            name=row.name,
            login=row.prefix,
            permissions=frozenset(Permission(word) for word in row.permissions),
            body_id=row.body_id,
        )
        is_stale = row.used_at is None or now - row.used_at > _NOTED_EVERY
        row_id = row.id
    if is_stale:
        _note_use(desk, row_id, now)
    return actor


def is_open(session: Session, actor: Actor, body_id: int) -> bool:
    """Tell whether a body's records are open to somebody: its own, and those it follows."""
    if actor.body_id is None or actor.body_id == body_id:
        return True
    own = session.get_one(IssuingBody, actor.body_id)
    other = session.get(IssuingBody, body_id)
    return other is not None and bodies.follows(session, own, other)


def _note_use(desk: Desk, row_id: int, now: datetime) -> None:
    with desk.transaction() as session:
        session.get_one(ApiKey, row_id).used_at = now


@cache
def _nobody() -> str:
    """Give a hash to check when there is no such login: that takes as long as a wrong password."""
    return _HASHER.hash("khong-co-tai-khoan-nay")


def _is_right(hashed: str, password: str) -> bool:
    try:
        return len(password) <= _LONGEST_PASSWORD and _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _refusal(*, is_locked: bool) -> str:
    if is_locked:
        minutes = int(LOCKED_FOR.total_seconds() // 60)
        return f"Sai nhiều lần nên tài khoản tạm khóa {minutes} phút; đợi rồi thử lại."
    return "Tên đăng nhập hoặc mật khẩu không đúng."
