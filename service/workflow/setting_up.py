"""Entering an office: bodies, units, signatories, awards, campaigns, council, from TOML files.

What stands already under the same key is left as it is, so that a file can be loaded again
after lines were added to it: signatories and recipients that are new to a body that stands
are added, a successor is linked where there was none.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

from sqlalchemy import JSON, Enum, exc, select
from sqlalchemy.orm import Session

from records import awards, bodies, campaigns, movements
from records.awards import AwardTitle, Level
from records.base import Model
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
from records.council import CouncilMember, CouncilRole
from records.rules.plans import read_plan
from service.intake.fields import clean_line
from service.workflow.desk import Desk
from service.workflow.dossier_papers import kind_title

_Done = TypeVar("_Done")
FILES: Final = ("bodies", "units", "awards", "campaigns", "council", "movements")


class OfficeFileInvalid(Exception):
    """A file of an office cannot be loaded; says which file, which line of data and why."""

    code: ClassVar[str] = "office-file-invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many rows were new; what stood already is not counted.

    `additions` are Vietnamese sentences about what was added to bodies and units that stood.
    """

    bodies: int = 0
    units: int = 0
    awards: int = 0
    campaigns: int = 0
    members: int = 0
    signatories: int = 0
    recipients: int = 0
    successors: int = 0
    additions: tuple[str, ...] = ()


def read_office(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Read the files of an office: `bodies.toml`, `units.toml`, `awards.toml`, `campaigns.toml`,
    `council.toml`, `movements.toml`.

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
            found[name] = _rows(tomllib.loads(path.read_text(encoding="utf-8-sig")).get(name, []))
            for row in found[name]:
                _read_plan_of(row, folder)
        except (ValueError, RecursionError, OSError) as error:
            raise OfficeFileInvalid(f"{path.name}: {error}") from error
    if not any(found.values()):
        listed = ", ".join(f"{name}.toml" for name in FILES)
        raise OfficeFileInvalid(f"{folder}: không có tệp nào trong số {listed}")
    return found


def _read_plan_of(row: dict[str, Any], folder: Path) -> None:
    """Put the text of a campaign's plan in the place of its file's name."""
    if name := row.pop("plan_file", ""):
        try:
            text = (folder / name).read_text(encoding="utf-8-sig")
        except OSError as error:
            raise ValueError(f"plan_file: không mở được tệp “{name}”") from error
        read_plan(text, name)
        row["plan"] = text


def _rows(listed: object) -> list[dict[str, Any]]:
    """Take the rows of a file, their texts checked like all that comes in."""
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise ValueError("cần một danh sách các bảng [[…]]")
    return [_cleaned(row) for row in listed]


def _cleaned(value: Any) -> Any:
    match value:
        case dict():
            return {
                name: _composed(one) if name == "plan_file" else _cleaned(one)
                for name, one in value.items()
            }
        case list():
            return [_cleaned(one) for one in value]
        case _:
            return clean_line(value)


def _composed(path: object) -> str:
    """Give the path of a file with its letters composed: it is not a text that is printed."""
    if not isinstance(path, str):
        raise ValueError("plan_file: cần tên một tệp")
    return unicodedata.normalize("NFC", path)


def load_office(desk: Desk, office: Mapping[str, Iterable[Mapping[str, Any]]]) -> Loaded:
    """Keep the rows of an office: all of them or none.

    Raises:
        OfficeFileInvalid: a row lacks a value or names a key that is not known.
    """
    rows = {name: list(office.get(name, ())) for name in FILES}
    with desk.transaction() as session:
        bodies_new = _each("bodies", rows["bodies"], partial(_add_body, session))
        signed = _each("bodies", rows["bodies"], partial(_add_signatories, session))
        received = _each("bodies", rows["bodies"], partial(_add_recipients, session))
        followed = _each("bodies", rows["bodies"], partial(_link_body, session))
        units_new = _each("units", rows["units"], partial(_add_unit, session))
        by_key = {row["key"]: row for row in rows["units"] if "key" in row}
        succeeded = _each("units", rows["units"], partial(_link_unit, session, by_key))
        awards_new = _each("awards", rows["awards"], partial(_add_award, session))
        campaigns_new = _each("campaigns", rows["campaigns"], partial(_add_campaign, session))
        members_new = _each("council", rows["council"], partial(_add_member, session))
        _each("movements", rows["movements"], partial(_add_movement, session))
        session.flush()
    return Loaded(
        bodies=sum(bodies_new),
        units=sum(units_new),
        awards=sum(awards_new),
        campaigns=sum(campaigns_new),
        members=sum(members_new),
        signatories=sum(map(len, signed)),
        recipients=sum(map(len, received)),
        successors=sum(map(len, followed)) + sum(map(len, succeeded)),
        additions=(
            *_of_standing(bodies_new, signed),
            *_of_standing(bodies_new, received),
            *_of_standing(bodies_new, followed),
            *_of_standing(units_new, succeeded),
        ),
    )


def _each(
    name: str, rows: Sequence[Mapping[str, Any]], act: Callable[[dict[str, Any]], _Done]
) -> list[_Done]:
    """Do something with each row of a file; a row it cannot be done with is named."""
    done = []
    for at, row in enumerate(rows, start=1):
        try:
            done.append(act(dict(row)))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            place = f"{name}.toml, dòng dữ liệu {at} ({row.get('key', '?')})"
            raise OfficeFileInvalid(f"{place}: thiếu hoặc sai giá trị {error}") from error
        except exc.OperationalError:
            raise
        except exc.StatementError as error:
            place = f"{name}.toml, dòng dữ liệu {at} ({row.get('key', '?')})"
            raise OfficeFileInvalid(
                f"{place}: thiếu một mục bắt buộc, hoặc một giá trị sai kiểu, quá dài hay quá lớn"
            ) from error
    return done


def _of_standing(are_new: Sequence[bool], said: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give the sentences about rows that stood before."""
    for is_new, sentences in zip(are_new, said, strict=True):
        if not is_new:
            yield from sentences


def _add_body(session: Session, row: dict[str, Any]) -> bool:
    if bodies.find_body(session, row["key"]) is not None:
        return False
    for apart in ("signatories", "recipients", "successor"):
        row.pop(apart, None)
    row |= {
        "name_kind": NameKind(row.get("name_kind", "proper")),
        "number_policy": NumberPolicy(row.get("number_policy", "common")),
        "chair_style": ChairStyle(row.get("chair_style", "UBND")),
    }
    return _add(session, IssuingBody, row)


def _add_signatories(session: Session, row: dict[str, Any]) -> list[str]:
    """Add the signatories that the body has not yet; says whom."""
    body = bodies.get_body(session, row["key"])
    listed = row.get("signatories", [])
    keys = [signatory["key"] for signatory in listed]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise ValueError(f"signatories: “{twice[0]}” được khai hai lần")
    standing = set(
        session.scalars(select(Signatory.key).where(Signatory.body_id == body.id)),
    )
    new = [signatory for signatory in listed if signatory["key"] not in standing]
    for signatory in new:
        mode = SigningMode(signatory.get("mode", ""))
        _add(session, Signatory, {**signatory, "body_id": body.id, "mode": mode})
    return [f"{body.full_name}: người ký {one['name']} ({one['key']})" for one in new]


def _add_recipients(session: Session, row: dict[str, Any]) -> list[str]:
    """Add the lines of “Nơi nhận” that the body has not yet, after those it has; says which."""
    body = bodies.get_body(session, row["key"])
    said = []
    for group in row.get("recipients", []):
        kind = group["kind"]
        standing = bodies.default_recipients(session, body, kind)
        new = [line for line in dict.fromkeys(group["lines"]) if line not in standing]
        for position, line in enumerate(new, start=len(standing) + 1):
            line_of = {"body_id": body.id, "kind": kind, "position": position, "line": line}
            _add(session, DefaultRecipient, line_of)
            said.append(f"{body.full_name}: nơi nhận của {kind_title(kind)}, {line}")
    return said


def _link_body(session: Session, row: dict[str, Any]) -> list[str]:
    """Link a body to its successor, where it has none yet; says so."""
    body = bodies.get_body(session, row["key"])
    if not row.get("successor") or body.successor_id is not None:
        return []
    after = bodies.get_body(session, row["successor"])
    body.successor_id = after.id
    return [f"{body.full_name}: cơ quan kế tiếp là {after.full_name}"]


def _add_unit(session: Session, row: dict[str, Any]) -> bool:
    body = bodies.get_body(session, row.pop("body"))
    if bodies.find_unit(session, body, row["name"]) is not None:
        return False
    row.pop("key", None)
    row.pop("successor", None)
    unit_type = UnitType(row.pop("unit_type"))
    return _add(session, Unit, {**row, "body_id": body.id, "unit_type": unit_type})


def _link_unit(
    session: Session, by_key: Mapping[str, Mapping[str, Any]], row: dict[str, Any]
) -> list[str]:
    """Link a unit to its successor, which a row of the file names, where it has none yet."""
    if not row.get("successor"):
        return []
    if row["successor"] not in by_key:
        raise ValueError(f"successor: không có đơn vị nào mang key “{row['successor']}”")
    body, unit = _unit_of(session, row)
    _, after = _unit_of(session, by_key[row["successor"]])
    if unit.successor_id is not None or after.id == unit.id:
        return []
    unit.successor_id = after.id
    return [f"{body.full_name}: {unit.name} có đơn vị kế tiếp là {after.name}"]


def _unit_of(session: Session, row: Mapping[str, Any]) -> tuple[IssuingBody, Unit]:
    body = bodies.get_body(session, row["body"])
    unit = bodies.find_unit(session, body, row["name"])
    if unit is None:
        raise ValueError(f"không có đơn vị “{row['name']}”")
    return body, unit


def _add_award(session: Session, row: dict[str, Any]) -> bool:
    if awards.find_title(session, row["key"]) is not None:
        return False
    subjects = set(row.pop("subjects"))
    level = Level(row.pop("level"))
    subject_of = {
        "for_individuals": "individual" in subjects,
        "for_collectives": "collective" in subjects,
        "for_households": "household" in subjects,
    }
    return _add(session, AwardTitle, {**row, **subject_of, "level": level})


def _add_campaign(session: Session, row: dict[str, Any]) -> bool:
    body = bodies.get_body(session, row.pop("body"))
    if campaigns.find_campaign(session, body, row["key"]) is not None:
        return False
    return _add(session, Campaign, {**row, "body_id": body.id})


def _add_member(session: Session, row: dict[str, Any]) -> bool:
    """Add a member of a body's council, unless one of that name and first day is there."""
    body = bodies.get_body(session, row.pop("body"))
    same = select(CouncilMember.id).where(
        CouncilMember.body_id == body.id,
        CouncilMember.name == row["name"],
        CouncilMember.valid_from == row.get("valid_from"),
    )
    if session.scalars(same).first() is not None:
        return False
    position = len(session.scalars(select(CouncilMember.id).filter_by(body_id=body.id)).all()) + 1
    role = CouncilRole(row.pop("role"))
    return _add(
        session, CouncilMember, {"position": position, **row, "body_id": body.id, "role": role}
    )


def _add_movement(session: Session, row: dict[str, Any]) -> bool:
    """Add a name of a movement that it has not yet; rows stand in the order of their days."""
    body = bodies.get_body(session, row.pop("body"))
    key = row.pop("key")
    if any(one.name == row["name"] for one in movements.history_of(session, body, key)):
        return False
    movements.name_movement(session, body, key, **row)
    return True


def _add(session: Session, table: type[Model], values: Mapping[str, Any]) -> bool:
    """Add a row whose values are of the kinds that its columns keep."""
    columns = table.__mapper__.columns
    for name, value in values.items():
        if name in columns:
            _check_kind(name, value, columns[name].type)
    session.add(table(**values))
    session.flush()
    return True


def _check_kind(name: str, value: Any, kind: Any) -> None:
    if isinstance(kind, Enum):
        return
    if isinstance(kind, JSON):
        listed = list(value.items()) if isinstance(value, dict) else value
        parts = [part for one in listed for part in (one if isinstance(one, tuple) else [one])]
        is_fit = isinstance(value, dict | list) and all(isinstance(part, str) for part in parts)
        is_fit = is_fit and isinstance(value, dict) == (name == "number_groups")
    else:
        is_fit = type(value) is kind.python_type
    longest = getattr(kind, "length", None)
    if not is_fit or (longest and len(value) > longest):
        raise ValueError(f"{name}: “{str(value)[:40]}” sai kiểu hoặc quá dài")
