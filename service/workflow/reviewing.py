"""Judging nominations by the rules, and keeping what a clerk decides about look-alikes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from records import awards, dossiers, evidence, nominations, rulings
from records.dossiers import Dossier
from records.errors import Conflict, NominationsUnfit, NotFound
from records.grants import Grant
from records.nominations import Nomination, NominationState
from records.rules import duplicates, verdict
from records.rules.duplicates import Match
from records.rules.facts import Facts, PastGrant, Ruling, Stage
from records.rules.findings import Finding, Severity
from records.rules.verdict import Verdict
from service.workflow import counting
from service.workflow.desk import Desk

_OFF: Final = frozenset({NominationState.WITHDRAWN, NominationState.REFUSED})
#: How many of the likest records are shown of one nomination.
MOST_LIKE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A record that may be the same deed of the same person, as a clerk looks at it.

    `key` is what a ruling names; `person_score` and `deed_score` go from 0 to 100.
    """

    key: str
    name: str
    what: str
    deed: str
    person_score: int
    deed_score: int
    explanation: str
    ruling: Ruling | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One line of a dossier with its verdict. `position` counts from 1."""

    nomination_id: int
    position: int
    name: str
    award: str
    state: NominationState
    verdict: Verdict
    suspects: tuple[Suspect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All lines of a dossier that are still proposed, judged together."""

    dossier_id: int
    title: str
    lines: tuple[Reviewed, ...]

    @property
    def common(self) -> tuple[Finding, ...]:
        """What is said of every line alike, of two at least: it is the dossier's matter."""
        if len(self.lines) < 2:
            return ()
        first, *others = (
            {_said(finding): finding for finding in line.verdict.findings} for line in self.lines
        )
        return tuple(
            finding for said, finding in first.items() if all(said in other for other in others)
        )

    def own(self, line: Reviewed) -> tuple[Finding, ...]:
        """What is said of one line and not of all."""
        common = {_said(finding) for finding in self.common}
        return tuple(one for one in line.verdict.findings if _said(one) not in common)

    def count(self, outcome: verdict.Outcome) -> int:
        """Count the lines with that answer."""
        return sum(line.verdict.outcome is outcome for line in self.lines)


#: The rules by which one deed is rewarded once.
_TWICE: Final = frozenset({"KT-01", "E-09", "E-10"})


def _said(finding: Finding) -> tuple[str, Severity, str]:
    return finding.code, finding.severity, finding.message


def review(desk: Desk, dossier_id: int) -> Review:
    """Judge a dossier by the law of the day on which it was made; changes nothing.

    Raises:
        NotFound: there is no such dossier.
    """
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        lines = nominations.lines_of(session, dossier.id)
        asked = [line for line in lines if line.state not in _OFF]
        return Review(
            dossier_id=dossier.id,
            title=dossier.title,
            lines=_judge(session, dossier, asked, stage=Stage.NOMINATING, today=desk.today()),
        )


def check_may_agree(
    session: Session, dossier: Dossier, lines: Sequence[Nomination], *, today: date
) -> None:
    """See to it that the rules stop none of the lines before they are agreed to.

    A deed that may have been rewarded, or may be proposed by another unit, stops its line until
    somebody said trùng or không trùng, whether the rule was checked against its source or not.

    Raises:
        NominationsUnfit: they do; every finding is listed with its line.
    """
    judged = _judge(session, dossier, lines, stage=Stage.DECIDING, today=today)
    found = [
        f"dòng {line.position} ({line.name}): {finding.message} ({finding.source})"
        for line in judged
        for finding in line.verdict.findings
        if finding.severity is Severity.ERROR
        or (finding.severity is Severity.WARNING and finding.code in _TWICE)
    ]
    if found:
        raise NominationsUnfit(found)


def rule(
    desk: Desk, nomination_id: int, against: str, *, is_duplicate: bool, reason: str, by: str
) -> None:
    """Keep a clerk's word on a nomination and another record: trùng or không trùng.

    Raises:
        NotFound: there is no such nomination or other record.
        Conflict: it is compared with itself, or was decided already.
        ReasonMissing: it says no reason.
    """
    with desk.transaction() as session:
        line = nominations.get_nomination(session, nomination_id)
        if line.state in (*_OFF, NominationState.GRANTED):
            raise Conflict(
                f"Đề nghị {line.id} đã {line.state.label.lower()}: không còn gì để kết luận."
            )
        if against == rulings.nomination_key(line.id):
            raise Conflict("Một đề nghị không thể trùng với chính nó.")
        _check_there(session, against)
        rulings.rule(
            session,
            line.id,
            against,
            body_id=line.body_id,
            is_duplicate=is_duplicate,
            reason=reason,
            by=by,
            at=desk.now(),
        )


def find_alike(desk: Desk, nomination_id: int) -> tuple[Suspect, ...]:
    """Give what is most like a nomination, the likest first, whether suspect or not.

    Raises:
        NotFound: there is no such nomination.
    """
    with desk.reading() as session:
        line = nominations.get_nomination(session, nomination_id)
        gathered = evidence.gather(session, [line], stage=Stage.NOMINATING)
        if line.id not in gathered:
            return ()
        found = duplicates.matches(gathered[line.id])
        return _suspects(session, gathered[line.id], found[:MOST_LIKE])


def to_json(done: Review) -> dict[str, Any]:
    """Give a review for machines."""
    return {
        "dossier": done.dossier_id,
        "lines": [
            {
                "nomination": line.nomination_id,
                "position": line.position,
                "name": line.name,
                "award": line.award,
                "on": line.verdict.on.isoformat(),
                "outcome": line.verdict.outcome.value,
                "is_held": line.verdict.is_held,
                "findings": [
                    {
                        "code": finding.code,
                        "severity": finding.severity.value,
                        "message": finding.message,
                        "source": finding.source,
                    }
                    for finding in line.verdict.findings
                ],
                "suspects": [
                    {
                        "key": suspect.key,
                        "name": suspect.name,
                        "what": suspect.what,
                        "person_score": suspect.person_score,
                        "deed_score": suspect.deed_score,
                        "explanation": suspect.explanation,
                        "ruling": suspect.ruling
                        and {
                            "is_duplicate": suspect.ruling.is_duplicate,
                            "reason": suspect.ruling.reason,
                            "by": suspect.ruling.by,
                        },
                    }
                    for suspect in line.suspects
                ],
            }
            for line in done.lines
        ],
    }


def _judge(
    session: Session, dossier: Dossier, lines: Sequence[Nomination], *, stage: Stage, today: date
) -> tuple[Reviewed, ...]:
    titles = {title.id: title.name for title in awards.titles(session)}
    counts = counting.counts_of(session, dossier, lines, today=today)
    gathered = evidence.gather(session, lines, stage=stage, counts=counts)
    reviewed = []
    for position, line in enumerate(lines, start=1):
        on = evidence.day_made(line, dossier)
        known = gathered.get(line.id)
        suspects = (
            [match for match in duplicates.matches(known) if _is_shown(match, known)]
            if (known)
            else []
        )
        reviewed.append(
            Reviewed(
                nomination_id=line.id,
                position=line.position or position,
                name=line.shown_name,
                award=titles[line.award_title_id],
                state=line.state,
                verdict=verdict.judge(known, on)
                if known
                else verdict.unjudged(line.shown_name, on),
                suspects=_suspects(session, known, suspects) if known else (),
            )
        )
    return tuple(reviewed)


def _is_shown(match: Match, known: Facts) -> bool:
    return match.is_suspect or any(ruling.against == match.other.key for ruling in known.rulings)


def _suspects(session: Session, known: Facts, found: Iterable[Match]) -> tuple[Suspect, ...]:
    ruled = {ruling.against: ruling for ruling in known.rulings}
    return tuple(
        Suspect(
            key=match.other.key,
            name=match.other.who.name,
            what=_what(match),
            deed=_told(match.other.deed.text),
            person_score=match.person.score,
            deed_score=match.deed.score,
            explanation=match.explanation,
            ruling=ruled.get(match.other.key),
        )
        for match in found
    )


def _what(match: Match) -> str:
    other = match.other
    if isinstance(other, PastGrant):
        return f"Đã tặng {other.award.label} ({other.level.label}), {other.decision}"
    return f"{other.unit} đang đề nghị {other.award.label} ({other.level.label})"


def _told(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300].rsplit(' ', 1)[0]} …"


def _check_there(session: Session, against: str) -> None:
    kind, _, number = against.partition(":")
    table = {"grant": Grant, "nomination": Nomination}.get(kind)
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    if table is None or not is_number or session.get(table, int(number)) is None:
        raise NotFound("khen thưởng, đề nghị", against, "Ví dụ: grant:12, nomination:7.")
