"""Entering an office: its bodies, units, signatories, awards and campaigns, from TOML files.

What stands already under the same key is left as it is, so that a file can be loaded again
after lines were added to it.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import awards, bodies, campaigns
from records.awards import AwardTitle, Level
from records.bodies import (
    ChairStyle,
    DefaultRecipient,
    IssuingBody,
    NameKind,
    NumberPolicy,
    Signatory,
    SigningMode,
    Unit,
    UnitType,
)
from records.campaigns import Campaign
from service.workflow.desk import Desk

FILES: Final = ("bodies", "units", "awards", "campaigns")


class OfficeFileInvalid(Exception):
    """A file of an office cannot be loaded; says which file, which line of data and why."""

    code: ClassVar[str] = "office-file-invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many rows were new; what stood already is not counted."""

    bodies: int
    units: int
    awards: int
    campaigns: int


def read_office(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the files of an office: `bodies.toml`, `units.toml`, `awards.toml`, `campaigns.toml`.

    A file that is not there gives no rows.

    Raises:
        OfficeFileInvalid: the folder has none of them, or one is not TOML.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for name in FILES:
        path = folder / f"{name}.toml"
        if not path.exists():
            found[name] = []
            continue
        try:
            found[name] = tomllib.loads(path.read_text(encoding="utf-8")).get(name, [])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise OfficeFileInvalid(f"{path.name}: {error}") from error
    if not any(found.values()):
        listed = ", ".join(f"{name}.toml" for name in FILES)
        raise OfficeFileInvalid(f"{folder}: không có tệp nào trong số {listed}")
    return found


def load_office(desk: Desk, office: Mapping[str, Iterable[Mapping[str, Any]]]) -> Loaded:
    """Keep the rows of an office: all of them or none.

    Raises:
        OfficeFileInvalid: a row lacks a value or names a key that is not known.
    """
    with desk.transaction() as session:
        new_bodies = _load(session, "bodies", office["bodies"], _add_body)
        _link_bodies(session, office["bodies"])
        return Loaded(
            bodies=new_bodies,
            units=_load(session, "units", office["units"], _add_unit),
            awards=_load(session, "awards", office["awards"], _add_award),
            campaigns=_load(session, "campaigns", office["campaigns"], _add_campaign),
        )


def _load(session: Session, name: str, rows: Iterable[Mapping[str, Any]], add: Any) -> int:
    count = 0
    for at, row in enumerate(rows, start=1):
        try:
            count += add(session, dict(row))
        except (KeyError, ValueError, TypeError) as error:
            place = f"{name}.toml, dòng dữ liệu {at} ({row.get('key', '?')})"
            raise OfficeFileInvalid(f"{place}: thiếu hoặc sai giá trị {error}") from error
    session.flush()
    return count


def _add_body(session: Session, row: dict[str, Any]) -> bool:
    if bodies.find_body(session, row["key"]) is not None:
        return False
    signatories = row.pop("signatories", [])
    recipients = row.pop("recipients", [])
    row.pop("successor", None)
    body = IssuingBody(
        **{
            **row,
            "name_kind": NameKind(row.get("name_kind", "proper")),
            "number_policy": NumberPolicy(row.get("number_policy", "common")),
            "chair_style": ChairStyle(row.get("chair_style", "UBND")),
        }
    )
    session.add(body)
    session.flush()
    for signatory in signatories:
        mode = SigningMode(signatory.get("mode", ""))
        session.add(Signatory(**{**signatory, "body_id": body.id, "mode": mode}))
    for group in recipients:
        for position, line in enumerate(group["lines"], start=1):
            session.add(
                DefaultRecipient(body_id=body.id, kind=group["kind"], position=position, line=line)
            )
    return True


def _link_bodies(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        if successor := row.get("successor"):
            body = bodies.get_body(session, row["key"])
            body.successor_id = bodies.get_body(session, successor).id
    session.flush()


def _add_unit(session: Session, row: dict[str, Any]) -> bool:
    body = bodies.get_body(session, row.pop("body"))
    if bodies.find_unit(session, body, row["name"]) is not None:
        return False
    row.pop("key", None)
    row.pop("successor", None)
    unit_type = UnitType(row.pop("unit_type"))
    session.add(Unit(**row, body_id=body.id, unit_type=unit_type))
    return True


def _add_award(session: Session, row: dict[str, Any]) -> bool:
    if awards.find_title(session, row["key"]) is not None:
        return False
    subjects = set(row.pop("subjects"))
    level = Level(row.pop("level"))
    session.add(
        AwardTitle(
            **row,
            level=level,
            for_individuals="individual" in subjects,
            for_collectives="collective" in subjects,
            for_households="household" in subjects,
        )
    )
    return True


def _add_campaign(session: Session, row: dict[str, Any]) -> bool:
    body = bodies.get_body(session, row.pop("body"))
    if campaigns.find_campaign(session, body, row["key"]) is not None:
        return False
    session.add(Campaign(**row, body_id=body.id))
    return True


def count_bodies(desk: Desk) -> int:
    """Tell how many bodies there are; none in a new database."""
    with desk.reading() as session:
        return len(session.scalars(select(IssuingBody.id)).all())
