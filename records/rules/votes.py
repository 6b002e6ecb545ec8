"""Votes of a council: what adds up, what share passes. Of how many is always said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ballot(StrEnum):
    """How a council votes."""

    HANDS = "hands"
    SECRET = "secret"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return {Ballot.HANDS: "giơ tay biểu quyết", Ballot.SECRET: "bỏ phiếu kín"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The votes on one line, as the office counted them; those left out are nought."""

    approving: int
    rejecting: int = 0
    other: int = 0
    invalid: int = 0

    @property
    def returned(self) -> int:
        """How many ballots came back."""
        return self.approving + self.rejecting + self.other + self.invalid

    def passes(self, threshold: int, of: int) -> bool:
        """Tell whether `threshold` per cent of that many approved."""
        return 100 * self.approving >= threshold * of

    def faults(self, who: str, *, present: int) -> list[str]:
        """Say what does not add up; `who` begins the sentence.

        Wrong:  eight members were there, nine ballots came back
        """
        if min(self.approving, self.rejecting, self.other, self.invalid) < 0:
            return [f"{who}: số phiếu không được âm."]
        if self.returned > present:
            return [
                f"{who}: đồng ý {self.approving}, không đồng ý {self.rejecting}, ý kiến khác "
                f"{self.other}, không hợp lệ {self.invalid}, cộng {self.returned} phiếu, nhiều "
                f"hơn {present} thành viên dự họp."
            ]
        return []


def quorum_faults(members: int, present: int) -> list[str]:
    """Say why a council could not sit: it has nobody, or half of it or less was there."""
    if members == 0:
        return ["Chưa khai thành viên Hội đồng có quyền biểu quyết cho ngày họp."]
    if 2 * present <= members:
        return [
            f"Hội đồng có {members} thành viên, dự họp {present}: cần quá nửa số thành viên mới "
            "họp được."
        ]
    return []
