"""Who issues papers, who nominates and who signs, each with the days on which it holds."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.base import Id, Key, Model, choice
from records.errors import Conflict, NotFound, written_date

COMMON_SERIES = "chung"
"""The series of a body that numbers all its papers in one row."""


class NameKind(StrEnum):
    """What the place is named for; decides how it stands before the date.

    Only a proper name stands alone (“Gia Lâm, ngày …”); a place named for a person, a
    number or an event keeps its common noun (“Quận Hai Bà Trưng, ngày …”).
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.4.
    """

    PROPER = "proper"
    PERSON = "person"
    NUMBER = "number"
    EVENT = "event"


class NumberPolicy(StrEnum):
    """How the head of the body lets its papers be numbered (Nghị định 30/2020, Điều 15)."""

    COMMON = "common"
    BY_KIND = "by_kind"
    BY_GROUP = "by_group"


class ChairStyle(StrEnum):
    """Whose code stands in the symbol of what the chair decides alone: QĐ-UBND or QĐ-CT."""

    BODY = "UBND"
    CHAIR = "CT"


class IssuingBody(Model):
    """A body that issues papers under its own name, code and numbers."""

    __tablename__ = "issuing_bodies"

    id: Mapped[Id]
    key: Mapped[Key] = mapped_column(unique=True)
    full_name: Mapped[str]
    """As in a sentence: “Ủy ban nhân dân phường Hai Bà Trưng”."""
    name_lines: Mapped[list[str]]
    """As printed in the letterhead, in capitals, one text a line."""
    superior_line: Mapped[str] = mapped_column(default="")
    """The superior body as printed above the name; empty: none is printed."""
    code: Mapped[Key]
    """In the symbol: UBND."""
    place: Mapped[str]
    name_kind: Mapped[NameKind] = mapped_column(choice(NameKind), default=NameKind.PROPER)
    archive_line: Mapped[str] = mapped_column(default="VT")
    """What follows “Lưu:”, without the full stop: “VT, VHXH”."""
    drafting_unit: Mapped[str] = mapped_column(default="")
    """The second half of an official letter's symbol unless the paper says otherwise."""
    number_policy: Mapped[NumberPolicy] = mapped_column(
        choice(NumberPolicy), default=NumberPolicy.COMMON
    )
    number_groups: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Document kind → group, for the policy BY_GROUP; a kind left out is in the common row."""
    area: Mapped[Key] = mapped_column(default="")
    """Whose local regulations hold, as `rules/law` names it: ha-noi; empty: none is known."""
    chair_style: Mapped[ChairStyle] = mapped_column(choice(ChairStyle), default=ChairStyle.BODY)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    """The last day, inclusive; `None`: still in being."""
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("issuing_bodies.id"))

    __table_args__ = (CheckConstraint("valid_from <= valid_to", name="valid_in_order"),)


class UnitType(StrEnum):
    """What sort of unit nominates; quotas and forms of address go by it."""

    DEPARTMENT = "PHONG_BAN"
    FRONT_AND_UNIONS = "MTTQ_DT"
    COORDINATED_AGENCY = "HIEP_QUAN"
    SCHOOL = "TRUONG"
    COMMUNE_COMMITTEE = "UBND_XA"
    EMULATION_CLUSTER = "CUM_KHOI"
    ENTERPRISE = "DOANH_NGHIEP"
    PARTY = "DANG"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    UnitType.DEPARTMENT: "Phòng, ban, ngành, đơn vị sự nghiệp",
    UnitType.FRONT_AND_UNIONS: "Mặt trận Tổ quốc, đoàn thể, hội",
    UnitType.COORDINATED_AGENCY: "Cơ quan, đơn vị hiệp quản",
    UnitType.SCHOOL: "Trường học",
    UnitType.COMMUNE_COMMITTEE: "Ủy ban nhân dân xã, phường, thị trấn",
    UnitType.EMULATION_CLUSTER: "Cụm, khối thi đua",
    UnitType.ENTERPRISE: "Doanh nghiệp",
    UnitType.PARTY: "Cơ quan Đảng",
}


class Unit(Model):
    """A unit that nominates to a body."""

    __tablename__ = "units"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    unit_type: Mapped[UnitType] = mapped_column(choice(UnitType))
    code: Mapped[Key] = mapped_column(default="")
    """In symbols and lists: NV, VHXH; empty: it has none."""
    sector: Mapped[Key] = mapped_column(default="")
    """The branch some plans speak of: cong-an, quan-su, giao-duc; empty: none of them."""
    route: Mapped[str] = mapped_column(default="")
    """Through whom it files its papers: “Phòng Nội vụ”; empty: straight to the body."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))

    __table_args__ = (
        UniqueConstraint("body_id", "name"),
        CheckConstraint("valid_from <= valid_to", name="valid_in_order"),
    )


class SigningMode(StrEnum):
    """The word before the head's post (Nghị định 30/2020/NĐ-CP, Điều 13)."""

    IN_OWN_RIGHT = ""
    FOR_HEAD = "KT."
    BY_ORDER = "TL."
    BY_MANDATE = "TUQ."
    ACTING = "Q."


class Signatory(Model):
    """A signature block that a body may use on certain days.

    Printed as: TM. `on_behalf_of` / `mode` `head` / `acting_for` / `post` / `name`.
    """

    __tablename__ = "signatories"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"))
    key: Mapped[Key]
    name: Mapped[str]
    """As printed, with rank or degree if the office prints it."""
    mode: Mapped[SigningMode] = mapped_column(choice(SigningMode), default=SigningMode.IN_OWN_RIGHT)
    on_behalf_of: Mapped[str] = mapped_column(default="")
    """After TM.; empty: the head signs in his own right."""
    head: Mapped[str]
    """Whose authority, in capitals: “CHỦ TỊCH”."""
    post: Mapped[str] = mapped_column(default="")
    """The signer's own post in capitals where the mode needs it: “PHÓ CHỦ TỊCH”."""
    acting_for: Mapped[str] = mapped_column(default="")
    """The post for which a deputy signs under TL.: “CHÁNH VĂN PHÒNG”; empty: nobody's."""
    office_post: Mapped[str] = mapped_column(default="")
    """The post in the office, printed above the name of a council's member."""
    kinds: Mapped[list[str]] = mapped_column(default=list)
    """The document kinds it is for; empty: all."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    is_default: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("body_id", "key"),
        CheckConstraint("valid_from <= valid_to", name="valid_in_order"),
        CheckConstraint(
            "on_behalf_of = '' OR mode NOT IN ('TL.', 'TUQ.')", name="no_order_on_behalf"
        ),
    )


class DefaultRecipient(Model):
    """A line of “Nơi nhận” that a body gives to papers of one kind."""

    __tablename__ = "default_recipients"

    id: Mapped[Id]
    body_id: Mapped[int] = mapped_column(ForeignKey("issuing_bodies.id"))
    kind: Mapped[Key]
    position: Mapped[int]
    line: Mapped[str]

    __table_args__ = (UniqueConstraint("body_id", "kind", "position"),)


def find_body(session: Session, key: str) -> IssuingBody | None:
    """Look a body up by its key, whatever the day."""
    return session.scalars(select(IssuingBody).where(IssuingBody.key == key)).one_or_none()


def get_body(session: Session, key: str) -> IssuingBody:
    """Look a body up by its key, whatever the day.

    Raises:
        NotFound: there is none.
    """
    body = find_body(session, key)
    if body is None:
        raise NotFound("cơ quan ban hành", key)
    return body


def bodies(session: Session) -> tuple[IssuingBody, ...]:
    """List all bodies by name."""
    return tuple(session.scalars(select(IssuingBody).order_by(IssuingBody.full_name)))


def body_on(session: Session, key: str, day: date) -> IssuingBody:
    """Find the body that stands on `day` in the place of the one named.

    After its last day a body is followed by its successor, and before its first day
    preceded by the one body whose successor it is.

    Raises:
        NotFound: none, or several (before a merger); the sentence says which are in force.
    """
    named = body = get_body(session, key)
    seen = {body.id}
    while body.valid_to is not None and day > body.valid_to and body.successor_id is not None:
        if body.successor_id in seen:
            break
        body = session.get_one(IssuingBody, body.successor_id)
        seen.add(body.id)
    while body.valid_from is not None and day < body.valid_from:
        before = [one for one in _predecessors(session, body) if one.id not in seen]
        if len(before) != 1:
            break
        body = before[0]
        seen.add(body.id)
    if _holds(body.valid_from, body.valid_to, day):
        return body
    raise NotFound(
        f"cơ quan ban hành có hiệu lực ngày {written_date(day)}",
        named.full_name,
        _who_stands(session, named, day),
    )


def series_for(body: IssuingBody, kind: str) -> str:
    """Name the row of numbers that papers of `kind` take: “chung”, the kind or its group."""
    match body.number_policy:
        case NumberPolicy.COMMON:
            return COMMON_SERIES
        case NumberPolicy.BY_KIND:
            return kind
        case NumberPolicy.BY_GROUP:
            return body.number_groups.get(kind, COMMON_SERIES)


def check_in_force(session: Session, body: IssuingBody, day: date) -> None:
    """See to it that the body itself may issue a paper of that day.

    Raises:
        Conflict: it was not there yet, or is no more; the sentence says who stands there.
    """
    if _holds(body.valid_from, body.valid_to, day):
        return
    try:
        instead = f"ngày đó là {body_on(session, body.key, day).full_name}."
    except NotFound as error:
        instead = error.hint
    raise Conflict(f"{body.full_name} không có hiệu lực ngày {written_date(day)}: {instead}")


def units_of(session: Session, body: IssuingBody, *, on: date | None = None) -> tuple[Unit, ...]:
    """List the units of a body by name; with `on`, those that stand on that day."""
    found = session.scalars(select(Unit).where(Unit.body_id == body.id).order_by(Unit.name))
    return tuple(unit for unit in found if on is None or _holds(unit.valid_from, unit.valid_to, on))


def get_unit(session: Session, unit_id: int) -> Unit:
    """Look a unit up.

    Raises:
        NotFound: there is none.
    """
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound("đơn vị", unit_id)
    return unit


def find_unit(session: Session, body: IssuingBody, name_or_code: str) -> Unit | None:
    """Look a unit of the body up by its name, or by its code where only one has it."""
    same = or_(Unit.name == name_or_code, Unit.code == name_or_code)
    found = session.scalars(select(Unit).where(Unit.body_id == body.id, same)).all()
    named = [unit for unit in found if unit.name == name_or_code]
    if named:
        return named[0]
    return found[0] if len(found) == 1 else None


def follows(session: Session, body: IssuingBody, older: IssuingBody) -> bool:
    """Tell whether `body` is the older one, or stands in its place now."""
    seen: set[int] = set()
    while older.id != body.id:
        seen.add(older.id)
        if older.successor_id is None or older.successor_id in seen:
            return False
        older = session.get_one(IssuingBody, older.successor_id)
    return True


def signatory_on(
    session: Session, body: IssuingBody, on: date, *, kind: str | None = None, key: str = ""
) -> Signatory:
    """Find who signs for the body on that day: the one named by `key`, or the default.

    Among the defaults, one made for this document kind comes before one for all kinds.

    Raises:
        NotFound: nobody may sign on that day.
    """
    query = select(Signatory).where(Signatory.body_id == body.id)
    query = query.where(Signatory.key == key) if key else query.where(Signatory.is_default)
    able = [
        signatory
        for signatory in session.scalars(query.order_by(Signatory.id))
        if _holds(signatory.valid_from, signatory.valid_to, on)
        and (bool(key) or not signatory.kinds or kind in signatory.kinds)
    ]
    if not able:
        raise NotFound(f"người ký của {body.full_name} ngày {written_date(on)}", key or "mặc định")
    return min(able, key=lambda signatory: not signatory.kinds)


def default_recipients(session: Session, body: IssuingBody, kind: str) -> tuple[str, ...]:
    """Give the lines of “Nơi nhận” for papers of that kind, in their order."""
    lines = select(DefaultRecipient.line).where(
        DefaultRecipient.body_id == body.id, DefaultRecipient.kind == kind
    )
    return tuple(session.scalars(lines.order_by(DefaultRecipient.position)))


def _holds(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def _predecessors(session: Session, body: IssuingBody) -> tuple[IssuingBody, ...]:
    return tuple(session.scalars(select(IssuingBody).where(IssuingBody.successor_id == body.id)))


def _who_stands(session: Session, named: IssuingBody, day: date) -> str:
    """Say from when to when the named body held, and who of its kin holds on `day`."""
    if named.valid_to is not None and day > named.valid_to:
        life = f"Cơ quan này hết hiệu lực sau ngày {written_date(named.valid_to)}"
    elif named.valid_from is not None:
        life = f"Cơ quan này có hiệu lực từ ngày {written_date(named.valid_from)}"
    else:
        life = "Cơ quan này"
    kin = [
        one.full_name
        for one in _predecessors(session, named)
        if _holds(one.valid_from, one.valid_to, day)
    ]
    if not kin:
        return f"{life}; chưa khai cơ quan kế tiếp cho ngày đó."
    return f"{life}; ngày đó có hiệu lực: {'; '.join(kin)}."
