"""The council sits on a dossier: votes are checked, lines agreed or refused, minutes made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from doc_templates import wording
from doc_templates.kinds import DocumentKind
from records import awards, bodies, council, dossiers, nominations
from records.awards import AwardTitle
from records.bodies import IssuingBody
from records.council import CouncilMember, CouncilRole, CouncilSession, CouncilVote
from records.dossiers import Dossier
from records.errors import Conflict, NotFound, VoteUnsound
from records.lookalikes import award_of
from records.nominations import Nomination
from records.rules.facts import Award
from records.rules.figures import find_figure
from records.rules.votes import Count
from service.intake.council import SittingEntry
from service.intake.documents import parse_draft
from service.workflow import drafting, nominating, proposing, reviewing
from service.workflow.desk import Desk
from service.workflow.drafting import Drafted

#: Where neither the award, the law nor the office's custom says a share: more than half.
_HALF: Final = 50
_ARCHIVE: Final = "VT, HS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What came of a sitting. `members` and `present` count those with a vote."""

    session_id: int
    members: int
    present: int
    agreed: int
    refused: int


def hold(desk: Desk, dossier_id: int, entry: SittingEntry, *, by: str) -> Held:
    """Record a sitting with its votes: lines that pass are agreed to, the others refused.

    Raises:
        NotFound: there is no such dossier.
        Conflict: it lies in the future, or no line waits for the council.
        VoteUnsound: the votes do not add up; every fault is listed, nothing is kept.
        NominationsUnfit: the rules stop a line that passed, and `despite` says no reason.
    """
    if entry.held_on > desk.today():
        raise Conflict(f"Ngày họp {entry.held_on:%d/%m/%Y} chưa đến; ghi khi đã họp.")
    with desk.transaction() as session:
        at = desk.now()
        dossier = dossiers.get_dossier(session, dossier_id)
        lines = nominating.awaiting_council(session, dossier)
        if not lines:
            raise Conflict("Hồ sơ này không còn đề nghị nào chờ Hội đồng.")
        nominating.bring_to_council(session, dossier, lines, by=by, at=at)
        sitting = council.hold(
            session,
            dossier.id,
            body_id=dossier.body_id,
            held_on=entry.held_on,
            begins_at=entry.begins_at,
            ends_at=entry.ends_at,
            place=entry.place,
            ballot=entry.ballot,
            absent=_absent(session, dossier, entry),
            discussion=entry.discussion,
            by=by,
            at=at,
        )
        counts = _counts(sitting, lines, entry)
        titles = {title.id: title for title in awards.titles(session)}
        votes = {
            line.id: council.vote(
                session,
                sitting,
                line.id,
                counts[line.id],
                threshold=threshold_of(titles[line.award_title_id], entry.held_on),
                of_present=entry.of_present,
            )
            for line in lines
        }
        passed = [line for line in lines if votes[line.id].is_passed]
        if not entry.despite:
            reviewing.check_may_agree(session, dossier, passed, today=desk.today())
        for line in lines:
            if votes[line.id].is_passed:
                nominations.agree(session, line, by=by, at=at, despite=entry.despite)
            else:
                nominations.refuse(session, line, reason=_said(votes[line.id]), by=by, at=at)
        return Held(
            session_id=sitting.id,
            members=sitting.members,
            present=sitting.present,
            agreed=len(passed),
            refused=len(lines) - len(passed),
        )


def draft_minutes(desk: Desk, dossier_id: int, *, body_key: str = "", by: str) -> Drafted:
    """Draft the Biên bản of the last sitting on a dossier, from its very votes.

    `body_key` names the body whose paper it is, the council's own where it has one.

    Raises:
        NotFound: there is no such dossier, or no council has sat on it.
        EntryInvalid, MergeFailed: the paper cannot be made.
    """
    with desk.reading() as session:
        dossier = dossiers.get_dossier(session, dossier_id)
        sitting = council.last_session(session, dossier.id)
        if sitting is None:
            raise NotFound("cuộc họp Hội đồng về hồ sơ", dossier_id)
        body = (
            bodies.get_body(session, body_key)
            if body_key
            else session.get_one(IssuingBody, dossier.body_id)
        )
        paper = minutes_of(session, dossier, sitting)
        key = body.key
    return drafting.draft(
        desk, parse_draft({"body": key, "dossier": dossier_id, "paper": paper}), by=by
    )


def minutes_of(session: Session, dossier: Dossier, sitting: CouncilSession) -> dict[str, Any]:
    """Give the Biên bản of a sitting in the shape of a paper file.

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9.
    """
    called = council.attendance_of(session, sitting)
    votes = council.votes_of(session, sitting)
    lines = [line for line in nominations.lines_of(session, dossier.id) if line.id in votes]
    titles = {title.id: title for title in awards.titles(session)}
    chair = _of_role(called, CouncilRole.CHAIR, CouncilRole.VICE_CHAIR)
    secretary = _of_role(called, CouncilRole.SECRETARY)
    passed = [line for line in lines if votes[line.id].is_passed]
    failed = [line for line in lines if not votes[line.id].is_passed]
    used = sorted({titles[line.award_title_id].id for line in passed})
    what = proposing.abstract_of(passed or lines, [titles[key] for key in used])
    about = wording.lower_first(what.removeprefix("Về việc "))
    return {
        "kind": DocumentKind.MINUTES.value,
        "issued_on": sitting.held_on,
        "abstract": f"Họp Hội đồng Thi đua - Khen thưởng xét {about}",
        "body": "\n\n".join(
            [
                f"Thời gian bắt đầu: {sitting.begins_at}, {wording.print_date(sitting.held_on)}",
                f"Địa điểm: {sitting.place}",
                "Thành phần tham dự:",
                *_attendance(called, sitting),
                f"Chủ trì (chủ tọa): {_named(chair)}",
                f"Thư ký (người ghi biên bản): {_named(secretary)}",
                "Nội dung (theo diễn biến cuộc họp):",
                *_discussed(dossier, lines, sitting),
                f"2. Kết quả biểu quyết ({sitting.ballot.label}; {_counted(votes)}):",
                _table(lines, votes, titles),
                f"3. Kết luận: {_conclusion(passed, failed, [titles[key] for key in used])}",
                f"Cuộc họp kết thúc vào {sitting.ends_at}, {wording.print_date(sitting.held_on)}.",
            ]
        ),
        "secretary": secretary.name if secretary else "",
        "signature": {"head": "CHỦ TỌA", "name": chair.name if chair else ""},
        "recipients": ["Thành viên Hội đồng"],
        "archive": _ARCHIVE,
    }


def threshold_of(title: AwardTitle, on: date) -> int:
    """Give the share in per cent from which an award passes: the office's, the law's, custom's."""
    if title.vote_threshold is not None:
        return title.vote_threshold
    national = award_of(title) is Award.NATIONAL_FIGHTER
    held = (find_figure("vote_share_national", on=on) if national else None) or find_figure(
        "vote_share", on=on
    )
    return int(held.number()) if held is not None else _HALF


def _absent(session: Session, dossier: Dossier, entry: SittingEntry) -> dict[int, str]:
    """Find the members named as missing; a name that is none's is a fault."""
    members = council.members_on(session, dossier.body_id, entry.held_on)
    by_name = {one.name: one for one in members}
    unknown = [one.name for one in entry.absent if one.name not in by_name]
    if unknown:
        raise VoteUnsound(
            [f"Thành viên vắng “{name}” không có trong danh sách Hội đồng." for name in unknown]
        )
    return {by_name[one.name].id: one.reason for one in entry.absent}


def _counts(
    sitting: CouncilSession, lines: Sequence[Nomination], entry: SittingEntry
) -> dict[int, Count]:
    """Take the votes of each line; all that does not fit is listed at once."""
    places = {line.position or at: line for at, line in enumerate(lines, start=1)}
    counts: dict[int, Count] = {}
    faults: list[str] = []
    for vote in entry.votes:
        line = places.get(vote.line)
        if line is None:
            faults.append(f"Dòng {vote.line}: hồ sơ không có dòng này đang chờ Hội đồng.")
            continue
        if line.id in counts:
            faults.append(f"Dòng {vote.line}: ghi phiếu hai lần.")
        counts[line.id] = Count(
            approving=vote.approving,
            rejecting=vote.rejecting,
            other=vote.other,
            invalid=vote.invalid,
        )
        who = f"Dòng {vote.line} ({line.shown_name})"
        faults += counts[line.id].faults(who, present=sitting.present)
    for place, line in places.items():
        if line.id not in counts and entry.unanimous:
            counts[line.id] = Count(approving=sitting.present)
        elif line.id not in counts:
            faults.append(f"Dòng {place} ({line.shown_name}): chưa ghi kết quả biểu quyết.")
    if faults:
        raise VoteUnsound(faults)
    return counts


def _said(vote: CouncilVote) -> str:
    return (
        f"Hội đồng: {vote.approving}/{vote.denominator} đồng ý ({_percent(vote)}), dưới "
        f"{vote.threshold} %"
    )


def _percent(vote: CouncilVote) -> str:
    """Print a share with one digit: 66,7 %; whole ones without: 100 %."""
    share = f"{vote.share:.1f}".removesuffix(".0").replace(".", ",")
    return f"{share} %"


def _of_role(
    called: Sequence[tuple[CouncilMember, council.CouncilAttendance]], *roles: CouncilRole
) -> CouncilMember | None:
    """Give the first of those roles who was there."""
    there = [member for member, attendance in called if attendance.is_present]
    return next((one for role in roles for one in there if one.role is role), None)


def _named(member: CouncilMember | None) -> str:
    if member is None:
        return ""
    name = f"{member.honorific} {member.name}".strip()
    return ", ".join(filter(None, [name, member.post, member.role.label]))


def _attendance(
    called: Sequence[tuple[CouncilMember, council.CouncilAttendance]], sitting: CouncilSession
) -> list[str]:
    counts = (
        f"- Tổng số thành viên Hội đồng: {wording.print_count(sitting.members)}; có mặt: "
        f"{wording.print_count(sitting.present)}; vắng: "
        f"{wording.print_count(sitting.members - sitting.present)};"
    )
    present = [f"- {_named(one)};" for one, attendance in called if attendance.is_present]
    absent = [
        f"- Vắng: {_named(one)} (lý do: {attendance.reason});"
        for one, attendance in called
        if not attendance.is_present
    ]
    listed = [counts, *present, *absent]
    return [*listed[:-1], f"{listed[-1].removesuffix(';')}."]


def _discussed(dossier: Dossier, lines: Sequence[Nomination], sitting: CouncilSession) -> list[str]:
    opening = (
        f"1. Chủ tọa nêu tiêu chuẩn, điều kiện và tóm tắt thành tích của "
        f"{proposing.count_subjects(lines)} trong hồ sơ “{dossier.title}”. "
    )
    if not sitting.discussion:
        return [f"{opening}Hội đồng đã thảo luận, thống nhất biểu quyết từng trường hợp."]
    return [f"{opening}Ý kiến thảo luận:", sitting.discussion]


def _counted(votes: Mapping[int, CouncilVote]) -> str:
    first = next(iter(votes.values()))
    return f"tỷ lệ tính trên {wording.print_count(first.denominator)} thành viên"


def _table(
    lines: Sequence[Nomination],
    votes: Mapping[int, CouncilVote],
    titles: Mapping[int, AwardTitle],
) -> str:
    head = (
        "STT",
        "Họ và tên",
        "Hình thức đề nghị",
        "Đồng ý",
        "Không đồng ý",
        "Ý kiến khác",
        "Tỷ lệ đồng ý",
    )
    rows = [
        (
            str(at),
            _cell(line.shown_name),
            _cell(titles[line.award_title_id].name),
            str(votes[line.id].approving),
            str(votes[line.id].rejecting),
            str(votes[line.id].other + votes[line.id].invalid),
            _percent(votes[line.id]),
        )
        for at, line in enumerate(lines, start=1)
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, *rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _conclusion(
    passed: Sequence[Nomination],
    failed: Sequence[Nomination],
    titles: Sequence[AwardTitle],
) -> str:
    said = []
    if passed:
        whom = proposing.count_subjects(passed)
        what = titles[0].name if len(titles) == 1 else "khen thưởng"
        verb = f"tặng {wording.lower_first(what)}" if len(titles) == 1 else what
        said.append(f"Hội đồng thống nhất đề nghị {verb} cho {whom}")
    if failed:
        names = wording.join_names([line.shown_name for line in failed])
        said.append(f"không đề nghị đối với {proposing.count_subjects(failed)} ({names})")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
