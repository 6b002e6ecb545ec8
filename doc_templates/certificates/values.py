"""What a certificate says, before any of it has a place on the sheet."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from doc_templates import wording

#: Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.1; Nghị định 98/2023/NĐ-CP, Điều 104.
COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate.

    `authority` is the post that awards (“CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG …”), `act` “TẶNG” or
    “TẶNG DANH HIỆU”, `award` the line below it. `position` is post and unit, address, or the
    body above a collective; `deed` the sentence of the decision. `decision` is its number and
    symbol, `golden_book` the place in its list (None: not printed). `signer_post` may have
    several lines. Any text may be "" where the stock or the office has none.
    """

    authority: str
    act: str
    award: str
    recipient: str
    position: str = ""
    deed: str = ""
    decision: str = ""
    decided_on: date | None = None
    golden_book: int | None = None
    place: str = ""
    issued_on: date | None = None
    signer_post: str = ""
    signer_name: str = ""

    def texts(self) -> dict[str, str]:
        """Give what each slot prints, by the slot's name, in the order of the sheet.

        Source of order, letters and colours: Nghị định 98/2023/NĐ-CP, Điều 104.
        """
        return {
            "country": COUNTRY,
            "motto": MOTTO,
            "authority": self.authority.upper(),
            "act": self.act.upper(),
            "award": self.award.upper(),
            "recipient": self.recipient,
            "position": self.position,
            "deed": self.deed,
            "decision": self._decision(),
            "golden_book": ""
            if self.golden_book is None
            else f"Số sổ vàng: {self.golden_book:02d}",
            "place_date": self._place_date(),
            "signer_post": self.signer_post.upper(),
            "signer_name": self.signer_name,
        }

    def _decision(self) -> str:
        if not self.decision:
            return ""
        day = f" {wording.print_date(self.decided_on)}" if self.decided_on else ""
        return f"Số quyết định: {self.decision}{day}"

    def _place_date(self) -> str:
        if self.issued_on is None:
            return ""
        day = wording.print_date(self.issued_on)
        return f"{self.place}, {day}" if self.place else day


#: The slots that a sheet can have, with what a clerk calls them.
LABELS: Final = {
    "country": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "authority": "Người có thẩm quyền quyết định",
    "act": "“TẶNG” hoặc “TẶNG DANH HIỆU”",
    "award": "Tên danh hiệu, hình thức khen thưởng",
    "recipient": "Tên người, tập thể được khen",
    "position": "Chức vụ, đơn vị hoặc địa chỉ",
    "deed": "Thành tích",
    "decision": "Số quyết định",
    "golden_book": "Số sổ vàng",
    "place_date": "Địa danh, ngày tháng",
    "signer_post": "Chức vụ người ký",
    "signer_name": "Họ tên người ký",
}
