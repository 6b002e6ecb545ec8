"""A house in which everybody signs in: its people, its keys and its clock."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from flask.testing import FlaskClient

from records.accounts import Permission, Role
from service.workflow import access
from service.workflow.desk import Desk
from tests.factories import WARD

PASSWORD = "mười chữ thì đủ dài"
OTHER = "huyen-gia-lam"
Enter = Callable[..., FlaskClient]


class Clock:
    """Tells the moment that a test has come to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go(self, **span: int) -> None:
        self.now += timedelta(**span)


def add(desk: Desk, login: str, *roles: Role, body: str = "") -> None:
    access.add_account(
        desk, login, name=f"Người {login}", roles=roles, password=PASSWORD, body=body, by="test"
    )


def key(desk: Desk, *permissions: Permission, body: str = WARD) -> dict[str, str]:
    made = access.make_key(
        desk,
        "Cổng dịch vụ công",
        permissions=permissions,
        expires_on=date(2026, 12, 31),
        body=body,
        by="test",
    )
    return {"Authorization": f"Bearer {made}"}
