"""Who may be nominated: the standards of “Người tốt, việc tốt” and the principles of the law.

Each rule is one function that yields what it finds, nothing where all is well. The rules E-…
speak of “Người tốt, việc tốt” alone, the rules KT-… of every commendation. Hà Nội's words of
2018 were read through Kế hoạch 124/KH-UBND of quận Hai Bà Trưng.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from records.errors import written_date
from records.rules.facts import (
    Award,
    Category,
    Facts,
    Origin,
    PaperKind,
    Stage,
    Subject,
)
from records.rules.findings import Finding, Severity
from records.rules.grounds import Ground


def law_is_held(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """L-01: a nomination is judged only by a regulation that is held for its day and area."""
    award = facts.proposal.award
    if award is Award.GOOD_DEED and ground.law("ntvt_subjects") is None:
        message = (
            f"Chưa nạp quy chế xét tặng {award.label} của địa phương có hiệu lực ngày "
            f"{written_date(ground.on)}; người có thẩm quyền đối chiếu quy định rồi quyết định."
        )
        yield from ground.find("L-01", Severity.WARNING, message, by="ntvt_subjects")
    elif ground.law("one_award_per_deed") is None:
        message = (
            "Chưa nạp quy định của pháp luật về thi đua, khen thưởng có hiệu lực ngày "
            f"{written_date(ground.on)}."
        )
        yield from ground.find("L-01", Severity.WARNING, message, by="one_award_per_deed")


def individuals_only(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-01: only individuals receive “Người tốt, việc tốt”.

    Wrong:  a household that keeps its lane clean
    Right:  Bà Nguyễn Thị Lan, who keeps the lane clean
    """
    subject = facts.nominee.who.subject
    held = ground.law("ntvt_subjects")
    allowed = held.words() if held is not None else (Subject.INDIVIDUAL.value,)
    if subject.value not in allowed:
        message = (
            f"Danh hiệu “Người tốt, việc tốt” chỉ xét tặng cho cá nhân, không áp dụng cho "
            f"{subject.label}."
        )
        yield from ground.find("E-01", Severity.ERROR, message, by="ntvt_subjects")


def citizens_and_residents(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-02: Vietnamese citizens, and foreigners who live, study or work in the area."""
    nominee = facts.nominee
    match nominee.origin:
        case None:
            message = "Hồ sơ chưa ghi quốc tịch của người được đề nghị; coi là công dân Việt Nam."
            yield from ground.find("E-02", Severity.INFO, message, by="ntvt_origins")
        case Origin.VIETNAMESE:
            pass
        case Origin.VIETNAMESE_ABROAD:
            held = ground.law("ntvt_origins")
            if held is None or nominee.origin.value not in held.words():
                message = (
                    "Quy chế không nêu người Việt Nam định cư ở nước ngoài; cần xác định người "
                    "được đề nghị có phải là công dân Việt Nam không."
                )
                yield from ground.find("E-02", Severity.WARNING, message, by="ntvt_origins")
        case Origin.FOREIGN if nominee.lives_here is not True:
            severity = Severity.WARNING if nominee.lives_here is None else Severity.ERROR
            message = (
                "Người nước ngoài chỉ được xét tặng khi đang sinh sống, học tập, làm việc trên "
                "địa bàn" + ("; hồ sơ chưa nêu rõ." if nominee.lives_here is None else ".")
            )
            yield from ground.find("E-02", severity, message, by="ntvt_origins")


def law_abiding(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-03: keeps the Party's policies and the State's law; the place of residence says so.

    The confirmation H-03 in the dossier answers a question left open.
    """
    answer = facts.nominee.is_law_abiding
    if answer is None and facts.dossier is not None:
        kinds = {paper.kind for paper in facts.dossier.papers}
        answer = True if PaperKind.RESIDENCE_CONFIRMATION in kinds else None
    if answer is False:
        message = (
            "Người được đề nghị chưa chấp hành tốt chủ trương, chính sách của Đảng, pháp luật "
            "của Nhà nước."
        )
        yield from ground.find("E-03", Severity.ERROR, message, by="ntvt_law_abiding")
    if answer is None:
        message = (
            "Chưa có xác nhận của địa phương nơi cư trú về việc chấp hành chủ trương, chính "
            "sách, pháp luật."
        )
        yield from ground.find("E-03", Severity.WARNING, message, by="ntvt_law_abiding")


def helps_others(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-04: a fine act of use to people, a body, a unit, the community or society."""
    if facts.proposal.helps_others is False:
        message = (
            "Việc làm được nêu không mang lại lợi ích cho người dân, cơ quan, đơn vị, cộng đồng "
            "và xã hội."
        )
        yield from ground.find("E-04", Severity.ERROR, message, by="ntvt_helps_others")


def beyond_duty(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-05: the deed is not one of the nominee's assigned duties; the question must be answered.

    Wrong:  a traffic policeman directs the traffic on his shift
    Right:  a traffic policeman off duty pulls a child out of a lake
    """
    yield from _must_be_true(
        facts,
        ground,
        code="E-05",
        answer=facts.proposal.is_beyond_duty,
        by="ntvt_beyond_duty",
        unanswered="Chưa trả lời: việc làm tốt có thuộc chức trách, nhiệm vụ được giao không?",
        broken="Việc làm thuộc chức trách, nhiệm vụ được giao, không phải việc tốt để xét tặng "
        "danh hiệu “Người tốt, việc tốt”.",
    )


def not_for_own_gain(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-06: not done for the nominee's or a relative's gain; the question must be answered.

    Wrong:  paved the lane to his own gate, which nobody else uses
    Right:  paved the lane of the whole hamlet
    """
    yield from _must_be_true(
        facts,
        ground,
        code="E-06",
        answer=facts.proposal.is_not_for_own_gain,
        by="ntvt_not_for_own_gain",
        unanswered="Chưa trả lời: việc làm tốt có vì quyền lợi của bản thân, người thân không?",
        broken="Việc làm vì quyền lợi của bản thân hoặc người thân.",
    )


def _must_be_true(
    facts: Facts,
    ground: Ground,
    *,
    code: str,
    answer: bool | None,
    by: str,
    unanswered: str,
    broken: str,
) -> Iterator[Finding]:
    """Find a broken condition, or an open question: at the decision that is an error too."""
    if answer is False:
        yield from ground.find(code, Severity.ERROR, broken, by=by)
    if answer is None:
        is_late = facts.stage is Stage.DECIDING
        yield from ground.find(
            code, Severity.ERROR if is_late else Severity.WARNING, unanswered, by=by
        )


def frontline_first(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-11: local cadres and people in direct labour go first; nobody is left out.

    Neither establishment nor walk of life, age or sex excludes.
    """
    if facts.nominee.is_frontline:
        message = (
            "Thuộc diện ưu tiên xét chọn: cán bộ cơ sở, người trực tiếp lao động sản xuất, công "
            "tác. Ưu tiên chỉ để xếp thứ tự, không loại người khác."
        )
        yield from ground.find("E-11", Severity.INFO, message, by="ntvt_frontline_first")


def concrete_deed(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """E-12: the achievement is told concretely: what was done, where, for whom.

    Wrong:  “Tích cực giúp đỡ mọi người.”
    Right:  “Ngày 12/3/2023, trên đường Lò Đúc, ông đã nhặt được …, tìm và trả lại …”
    """
    letters = sum(each.isalnum() for each in facts.proposal.deed.text)
    wanted = ground.law("deed_text_letters")
    if wanted is not None and letters < wanted.number():
        message = (
            "Phần mô tả việc làm quá ngắn; thành tích phải cụ thể, nêu bật được những hành động, "
            "việc làm tốt, tiêu biểu."
        )
        yield from ground.find("E-12", Severity.INFO, message, by="ntvt_concrete")


def basis_of_merit(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-03: commendations for a sudden deed or a movement are no basis for one of merit above."""
    proposal = facts.proposal
    if proposal.category is not Category.MERIT:
        return
    held = ground.law("sudden_is_no_basis_for_merit")
    barred = held.words() if held is not None else (Category.SUDDEN, Category.MOVEMENT)
    for base in proposal.basis:
        if base.value in barred:
            message = (
                f"Thành tích {base.label} không được dùng làm căn cứ để đề nghị cấp trên "
                "khen thưởng công trạng."
            )
            yield from ground.find(
                "KT-03", Severity.ERROR, message, by="sudden_is_no_basis_for_merit"
            )


def no_open_inquiry(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-04: no commendation yet while discipline, inquiry or complaint is open."""
    for hold in facts.nominee.holds:
        message = f"Chưa xét khen thưởng; lý do: {hold.label}."
        yield from ground.find("KT-04", Severity.ERROR, message, by="hold_while_under_review")


def merit_after_discipline(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-05: after discipline, achievements count from the day when it has been served."""
    served = facts.nominee.disciplined
    if served is None:
        return
    by = "merit_counts_after_discipline"
    start = f"thành tích chỉ tính từ khi chấp hành xong kỷ luật ({written_date(served.last)})"
    time = facts.proposal.period or facts.proposal.deed.done
    if ground.on in served:
        message = f"Đang trong thời gian chấp hành kỷ luật; {start}."
        yield from ground.find("KT-05", Severity.ERROR, message, by=by)
    elif served.first > ground.on:
        return
    elif time is None:
        message = f"Đã bị kỷ luật; hồ sơ chưa nêu thời gian lập thành tích, mà {start}."
        yield from ground.find("KT-05", Severity.WARNING, message, by=by)
    elif time.last <= served.last:
        message = f"Thành tích lập trước khi chấp hành xong kỷ luật; {start}."
        yield from ground.find("KT-05", Severity.ERROR, message, by=by)
    elif time.first <= served.last:
        message = f"Một phần thời gian lập thành tích nằm trong thời gian kỷ luật; {start}."
        yield from ground.find("KT-05", Severity.WARNING, message, by=by)


def maternity_counts(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-06: maternity leave counts as time of service."""
    days = facts.nominee.maternity_days
    if days > 0:
        message = f"Thời gian nghỉ thai sản ({days} ngày) được tính vào thời gian để xét."
        yield from ground.find("KT-06", Severity.INFO, message, by="maternity_leave_counts")


def women_first(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-07: among equals a woman goes first, and a collective with at least 70 % women."""
    nominee = facts.nominee
    held = ground.law("women_first_percent")
    if held is None:
        return
    is_first = nominee.is_female
    if nominee.who.subject is Subject.COLLECTIVE:
        is_first = nominee.female_percent is not None and nominee.female_percent >= held.number()
    if is_first:
        message = "Nhiều đối tượng cùng đủ điều kiện thì ưu tiên cá nhân nữ, tập thể có nhiều nữ."
        yield from ground.find("KT-07", Severity.INFO, message, by="women_first_percent")


def sudden_is_unplanned(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-08: a sudden achievement lies outside programme, plan and assigned duty."""
    proposal = facts.proposal
    if proposal.category is Category.SUDDEN and proposal.is_beyond_duty is False:
        message = (
            "Thành tích đột xuất phải nằm ngoài chương trình, kế hoạch, nhiệm vụ được giao; việc "
            "nêu trong hồ sơ thuộc nhiệm vụ được giao."
        )
        yield from ground.find("KT-08", Severity.ERROR, message, by="sudden_is_beyond_duty")


def category_named(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """KT-10: a form of commendation is proposed under one of the law's six sorts."""
    proposal = facts.proposal
    if proposal.award.is_title:
        return
    held = ground.law("categories")
    if proposal.category is None:
        message = "Chưa ghi loại hình khen thưởng."
        yield from ground.find("KT-10", Severity.WARNING, message, by="categories")
    elif held is not None and proposal.category.value not in held.words():
        message = f"Pháp luật không quy định loại hình {proposal.category.label}."
        yield from ground.find("KT-10", Severity.ERROR, message, by="categories")


Rule = Callable[[Facts, Ground], Iterator[Finding]]

OF_GOOD_DEEDS: tuple[Rule, ...] = (
    individuals_only,
    citizens_and_residents,
    law_abiding,
    helps_others,
    beyond_duty,
    not_for_own_gain,
    frontline_first,
    concrete_deed,
)
OF_ALL_AWARDS: tuple[Rule, ...] = (
    law_is_held,
    basis_of_merit,
    no_open_inquiry,
    merit_after_discipline,
    maternity_counts,
    women_first,
    sudden_is_unplanned,
    category_named,
)


def check(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """Run every rule that speaks of the proposed award."""
    for rule in OF_ALL_AWARDS:
        yield from rule(facts, ground)
    if facts.proposal.award is Award.GOOD_DEED:
        for rule in OF_GOOD_DEEDS:
            yield from rule(facts, ground)
