"""Who may come in: people with an account, other systems with a key, and what each may do.

Passwords are kept as Argon2 hashes, the tokens of sign-ins and the keys of systems as SHA-256:
what is kept here lets nobody in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records import audit
from records.base import NEVER_REUSES_IDS, Hash, Id, Key, Model
from records.errors import Conflict, NotFound


class Permission(StrEnum):
    """What somebody may do; a key of another system carries these themselves."""

    READ = "read"
    NOMINATE = "nominate"
    REVIEW = "review"
    DRAFT = "draft"
    ISSUE = "issue"
    ADMINISTER = "administer"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _PERMISSION_LABELS[self]


_PERMISSION_LABELS = {
    Permission.READ: "xem",
    Permission.NOMINATE: "nhập đề nghị, nộp hồ sơ",
    Permission.REVIEW: "xét, trả lại, ghi kết quả Hội đồng",
    Permission.DRAFT: "lập dự thảo",
    Permission.ISSUE: "ban hành, hủy, vào sổ",
    Permission.ADMINISTER: "quản trị",
}


class Role(StrEnum):
    """The people of an office."""

    ENTRY_CLERK = "entry_clerk"
    OFFICER = "officer"
    REGISTRAR = "registrar"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    VIEWER = "viewer"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ENTRY_CLERK: "Người nhập",
    Role.OFFICER: "Cán bộ thi đua - khen thưởng",
    Role.REGISTRAR: "Văn thư",
    Role.LEADER: "Lãnh đạo duyệt",
    Role.ADMINISTRATOR: "Quản trị",
    Role.VIEWER: "Chỉ xem",
}

MAY = {
    Role.ENTRY_CLERK: frozenset({Permission.READ, Permission.NOMINATE}),
    Role.OFFICER: frozenset(
        {Permission.READ, Permission.NOMINATE, Permission.REVIEW, Permission.DRAFT}
    ),
    Role.REGISTRAR: frozenset({Permission.READ, Permission.DRAFT, Permission.ISSUE}),
    Role.LEADER: frozenset({Permission.READ, Permission.REVIEW}),
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.VIEWER: frozenset({Permission.READ}),
}
"""What each role may do."""


class Account(Model):
    """A person who signs in."""

    __tablename__ = "accounts"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    login: Mapped[Key] = mapped_column(unique=True)
    name: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("issuing_bodies.id"))
    """Whose records are open to it, with those of the bodies it follows; `None`: all."""
    roles: Mapped[list[str]]
    password_hash: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    """Wrong passwords since the last right one."""
    locked_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[Key]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What its roles allow together."""
        return frozenset().union(*(MAY[Role(role)] for role in self.roles))


class SignIn(Model):
    """One sign-in of one browser, known by the hash of its token."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class ApiKey(Model):
    """A key of another system; `prefix` is what may be seen of it."""

    __tablename__ = "api_keys"
    __table_args__ = NEVER_REUSES_IDS

    id: Mapped[Id]
    prefix: Mapped[Key]
    key_hash: Mapped[Hash] = mapped_column(unique=True)
    name: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("issuing_bodies.id"))
    permissions: Mapped[list[str]]
    expires_on: Mapped[date]
    """The last day on which it opens anything."""
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[Key]


def digest(secret: str) -> str:
    """Hash a token or a key: long and random, so that no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_anybody_known(session: Session) -> bool:
    """Tell whether the office has an account or a key at all."""
    return (
        session.scalars(select(Account.id).limit(1)).first() is not None
        or session.scalars(select(ApiKey.id).limit(1)).first() is not None
    )


def add_account(
    session: Session,
    login: str,
    *,
    name: str,
    roles: Iterable[Role],
    password_hash: str,
    body_id: int | None,
    by: str,
    at: datetime,
) -> Account:
    """Make an account.

    Raises:
        Conflict: the login is taken, or no role is given.
    """
    listed = sorted({role.value for role in roles})
    if not listed:
        raise Conflict("Tài khoản cần ít nhất một vai trò.")
    if find_account(session, login) is not None:
        raise Conflict(f"Tên đăng nhập “{login}” đã có.")
    account = Account(
        login=login,
        name=name,
        roles=listed,
        password_hash=password_hash,
        body_id=body_id,
        made_at=at,
        made_by=by,
    )
    session.add(account)
    session.flush()
    note(session, "account.made", account.id, by=by, at=at)
    return account


def find_account(session: Session, login: str) -> Account | None:
    """Look an account up by its login."""
    return session.scalars(select(Account).where(Account.login == login)).one_or_none()


def get_account(session: Session, login: str) -> Account:
    """Look an account up by its login.

    Raises:
        NotFound: there is none.
    """
    account = find_account(session, login)
    if account is None:
        raise NotFound("tài khoản", login)
    return account


def accounts(session: Session) -> tuple[Account, ...]:
    """List all accounts by login."""
    return tuple(session.scalars(select(Account).order_by(Account.login)))


def end_sign_ins(session: Session, account: Account) -> None:
    """Sign an account out everywhere."""
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))


def keys(session: Session) -> tuple[ApiKey, ...]:
    """List all keys, the newest first."""
    return tuple(session.scalars(select(ApiKey).order_by(ApiKey.id.desc())))


def note(session: Session, action: str, subject_id: int, *, by: str, at: datetime) -> None:
    """Write an act about accounts and keys into the chain of the house."""
    audit.append(
        session,
        audit.THE_HOUSE,
        at=at,
        actor=by,
        action=action,
        subject_type=action.partition(".")[0],
        subject_id=subject_id,
    )
