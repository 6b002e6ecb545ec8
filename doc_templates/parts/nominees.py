"""The lists of nominees: their order, their groups, their totals.

Source of the order: Nghị định 152/2025/NĐ-CP, Điều 29 khoản 5: collectives and households
before individuals. The number in the list is the number in the golden book, so it runs on
through all groups.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from doc_templates import wording
from doc_templates.paper import Nominee, Subject

_ORDER = (Subject.COLLECTIVE, Subject.HOUSEHOLD, Subject.INDIVIDUAL)
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row of a list: a group's heading when `group` is not "", else one nominee.

    `prize` is printed without the word đồng; `receipt` is the room to sign in; `is_last` marks
    the row that is kept with the total below.
    """

    group: str = ""
    number: str = ""
    name: str = ""
    birth: str = ""
    gender: str = ""
    post_and_unit: str = ""
    deed: str = ""
    summary: str = ""
    award: str = ""
    past_awards: str = ""
    prize: str = ""
    receipt: str = ""
    is_last: bool = False


def make_rows(nominees: Sequence[Nominee]) -> tuple[ListRow, ...]:
    """Set the rows of a list.

    Groups are by award in order of first appearance, then by subject; a single group has no
    heading. Within a group the order given is kept.
    """
    groups = _groups(nominees)
    rows: list[ListRow] = []
    number = 0
    for at, (heading, members) in enumerate(groups, start=1):
        if len(groups) > 1:
            rows.append(ListRow(group=f"{_roman(at)}. {heading}"))
        for nominee in members:
            number += 1
            rows.append(_row(number, nominee))
    if rows:
        rows[-1] = replace(rows[-1], is_last=True)
    return tuple(rows)


def printed_order(nominees: Sequence[Nominee]) -> tuple[int, ...]:
    """Tell in which order the places of a list are printed, after grouping; from 0."""
    places = {id(nominee): place for place, nominee in enumerate(nominees)}
    return tuple(places[id(nominee)] for _, members in _groups(nominees) for nominee in members)


def count_sentence(nominees: Sequence[Nominee]) -> str:
    """Count the nominees by subject: `02 tập thể, 01 hộ gia đình, 45 cá nhân`."""
    counts = Counter(nominee.subject for nominee in nominees)
    return ", ".join(
        f"{wording.print_count(counts[subject])} {subject.title.lower()}"
        for subject in _ORDER
        if counts[subject]
    )


def name_subjects(nominees: Sequence[Nominee]) -> str:
    """Name who is on the list, for its title: `tập thể, hộ gia đình, cá nhân`."""
    subjects = {nominee.subject for nominee in nominees}
    return ", ".join(subject.title.lower() for subject in _ORDER if subject in subjects)


def _groups(nominees: Sequence[Nominee]) -> list[tuple[str, list[Nominee]]]:
    awards = list(dict.fromkeys(nominee.award for nominee in nominees))
    groups: dict[tuple[str, Subject], list[Nominee]] = {
        (award, subject): [] for award in awards for subject in _ORDER
    }
    for nominee in nominees:
        groups[nominee.award, nominee.subject].append(nominee)
    has_subjects = len({nominee.subject for nominee in nominees}) > 1
    return [
        (_heading(award if len(awards) > 1 else "", subject, has_subjects=has_subjects), members)
        for (award, subject), members in groups.items()
        if members
    ]


def _heading(award: str, subject: Subject, *, has_subjects: bool) -> str:
    words = [subject.title if has_subjects or not award else "", award]
    return " - ".join(filter(None, words))


def _row(number: int, nominee: Nominee) -> ListRow:
    printed_name = " ".join(filter(None, (nominee.honorific, nominee.name)))
    where = [nominee.post, nominee.unit, nominee.residence]
    return ListRow(
        number=str(number),
        name=printed_name,
        birth=nominee.birth,
        gender=nominee.gender,
        post_and_unit=", ".join(filter(None, where)),
        deed=_one_line(nominee.deed or nominee.summary),
        summary=_one_line(nominee.summary or nominee.deed),
        award=nominee.award,
        past_awards="; ".join(nominee.past_awards),
        prize=wording.print_money(nominee.prize).removesuffix(" đồng") if nominee.prize else "",
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written + "I" * number
