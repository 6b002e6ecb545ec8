"""What a dossier for “Người tốt, việc tốt” must hold, in how many sets, and by what way."""

from __future__ import annotations

from collections.abc import Iterator

from records.rules.facts import Award, Facts, FiledDossier, PaperKind
from records.rules.findings import Finding, Severity
from records.rules.grounds import Ground
from records.rules.likeness import fold

_LABELS = {
    PaperKind.SUBMISSION: "Tờ trình đề nghị xét tặng của đơn vị trình",
    PaperKind.PROFILE_EXTRACT: "Bản trích ngang thành tích cá nhân",
    PaperKind.RESIDENCE_CONFIRMATION: (
        "văn bản của địa phương nơi cư trú xác nhận chấp hành chủ trương, chính sách, pháp luật"
    ),
}


def check(facts: Facts, ground: Ground) -> Iterator[Finding]:
    """Judge what was filed; where nothing was filed yet, nothing is asked for."""
    if facts.dossier is not None and facts.proposal.award is Award.GOOD_DEED:
        yield from required_papers(facts.dossier, ground)
        yield from one_set(facts.dossier, ground)
        yield from filed_through(facts.dossier, ground)


def required_papers(dossier: FiledDossier, ground: Ground) -> Iterator[Finding]:
    """H-01, H-02, H-03: submission, extract confirmed by the unit's head, word of the residence.

    Wrong:  a profile extract that the head of the unit has not signed
    """
    filed = {paper.kind: paper for paper in dossier.papers}
    for kind, label in _LABELS.items():
        if kind not in filed:
            yield from ground.find(
                kind.value, Severity.ERROR, f"Hồ sơ thiếu {label}.", by="ntvt_papers"
            )
    extract = filed.get(PaperKind.PROFILE_EXTRACT)
    if extract is not None and extract.is_confirmed is not True:
        message = (
            "Bản trích ngang thành tích cá nhân chưa có xác nhận của Thủ trưởng đơn vị trình."
            if extract.is_confirmed is False
            else "Cần xem Bản trích ngang đã có xác nhận của Thủ trưởng đơn vị trình chưa."
        )
        severity = Severity.ERROR if extract.is_confirmed is False else Severity.WARNING
        yield from ground.find("H-02", severity, message, by="ntvt_papers")


def one_set(dossier: FiledDossier, ground: Ground) -> Iterator[Finding]:
    """Q-19: a dossier is handed in as one set."""
    wanted = ground.law("ntvt_sets")
    if wanted is not None and dossier.sets != wanted.number():
        message = f"Hồ sơ nộp {dossier.sets:02d} bộ; quy định {int(wanted.number()):02d} bộ."
        yield from ground.find("Q-19", Severity.WARNING, message, by="ntvt_sets")


def filed_through(dossier: FiledDossier, ground: Ground) -> Iterator[Finding]:
    """P-01: filed through the standing office of the council, Phòng Nội vụ, while there was one."""
    wanted = ground.law("ntvt_route")
    if wanted is None or not dossier.through:
        return
    if fold(str(wanted.value)) not in fold(dossier.through):
        message = (
            f"Hồ sơ phải nộp qua {wanted.value} (cơ quan Thường trực Hội đồng Thi đua - Khen "
            f"thưởng), đang nộp qua {dossier.through}."
        )
        yield from ground.find("P-01", Severity.WARNING, message, by="ntvt_route")
