"""How far a nomination can come, and by which steps."""

from __future__ import annotations

from enum import StrEnum


class NominationState(StrEnum):
    """How far a nomination has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GRANTED = "granted"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _LABELS[self]


_LABELS = {
    NominationState.DRAFT: "Nháp",
    NominationState.SUBMITTED: "Đã nộp",
    NominationState.RETURNED: "Trả lại",
    NominationState.ACCEPTED: "Đã tiếp nhận",
    NominationState.AGREED: "Đồng ý",
    NominationState.REFUSED: "Không đồng ý",
    NominationState.WITHDRAWN: "Đã rút",
    NominationState.GRANTED: "Đã khen thưởng",
}

STEPS = {
    NominationState.SUBMITTED: (NominationState.DRAFT, NominationState.RETURNED),
    NominationState.RETURNED: (NominationState.SUBMITTED, NominationState.ACCEPTED),
    NominationState.ACCEPTED: (NominationState.SUBMITTED,),
    NominationState.AGREED: (NominationState.ACCEPTED,),
    NominationState.REFUSED: (NominationState.ACCEPTED,),
    NominationState.WITHDRAWN: (
        NominationState.DRAFT,
        NominationState.SUBMITTED,
        NominationState.RETURNED,
        NominationState.ACCEPTED,
    ),
    NominationState.GRANTED: (NominationState.AGREED,),
}
"""Into each state, from which ones. An award is granted only to what was agreed."""

MAY_BE_AMENDED = (NominationState.DRAFT, NominationState.RETURNED)
