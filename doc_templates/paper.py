"""What a form takes: the plain values of one paper, before any of it is set on a page.

The same shape whether it comes from a file, from JSON, from a web form or from the records,
and the shape in which an issued document keeps what it was made from.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

#: Stands where the number will be stamped, while a paper waits for one. The letters around
#: it are private-use characters, which no value may hold, so that nothing else looks like it.
NUMBER_MARK: Final = "\ue000SO\ue001"

#: Names of the values that every paper prints, and those of a paper with a number.
EVERY_PAPER: Final = ("issued_on", "year", "abstract", "issuer", "signature")
NUMBERED_PAPER: Final = (*EVERY_PAPER, "number", "recipients", "archive")


class SigningMode(StrEnum):
    """How the signer stands to the authority he signs with.

    Source: Nghị định 30/2020/NĐ-CP, Điều 13; Phụ lục I, Phần I, mục II.7.
    """

    OWN = ""
    FOR_HEAD = "KT."
    BY_ORDER = "TL."
    BY_AUTHORISATION = "TUQ."
    ACTING = "Q."


class Subject(StrEnum):
    """Who is nominated: one person, a collective, or a household."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"

    @property
    def title(self) -> str:  # type: ignore[override]  # the subject's name, not str.title()
        """The word in Vietnamese, as it stands in a heading."""
        return {
            Subject.INDIVIDUAL: "Cá nhân",
            Subject.COLLECTIVE: "Tập thể",
            Subject.HOUSEHOLD: "Hộ gia đình",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The body that issues the paper, as its letterhead prints it.

    `name` are the printed lines in capitals; `superior` is the line above them, "" for none.
    `full_name` is the name within a sentence, "" to derive it from `name`. `drafting_unit`
    is the second half of a letter's symbol.
    """

    name: tuple[str, ...]
    code: str
    place: str
    superior: str = ""
    full_name: str = ""
    drafting_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs, with whose authority.

    `on_behalf_of` is the collective body after TM.; `head` the post whose authority it is;
    `post` the signer's own post where the mode needs one; `acting_for` the post under TL.
    that a deputy stands in for; `office_post` the post in the office of a member of a
    council, printed above the name. Each is "" where it does not apply.
    """

    name: str
    head: str = ""
    mode: SigningMode = SigningMode.OWN
    post: str = ""
    on_behalf_of: str = ""
    acting_for: str = ""
    office_post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """One line of a list: who, and what for.

    `birth` is printed as given: a year, month and year, or a full date. `deed` is the long
    account, `summary` the short sentence for lists; `prize` is in đồng, 0 for none, `raw_prize`
    the same before rounding. Anything but the name may be "".
    """

    name: str
    subject: Subject = Subject.INDIVIDUAL
    honorific: str = ""
    birth: str = ""
    gender: str = ""
    post: str = ""
    unit: str = ""
    residence: str = ""
    deed: str = ""
    summary: str = ""
    award: str = ""
    prize: int = 0
    raw_prize: int = 0
    past_awards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The values of one paper.

    `number` and `issued_on` are None on a draft; `awaits_number` asks for the number mark in
    place of the gap. `year` is printed in the date of a draft. `body` is outline text.
    `authority` is the line above the legal bases of a decision, "" to derive it.
    `annex_title` and `attached_to` belong to lists, `secretary` (who wrote them) to minutes;
    "" where they do not apply.
    """

    kind: str
    issuer: Issuer
    signature: Signature
    year: int
    abstract: str = ""
    number: int | None = None
    awaits_number: bool = False
    issued_on: date | None = None
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    authority: str = ""
    body: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = ""
    annex_title: str = ""
    attached_to: str = ""
    secretary: str = ""
    nominees: tuple[Nominee, ...] = ()
