"""The named styles of an official page: what a clerk finds in Word's list of styles.

A template is restyled by changing these, and nothing else. The value is the style's id in
the file; `label` is the name that Word shows.
"""

from enum import StrEnum
from typing import Final


class Style(StrEnum):
    """One style of our templates."""

    NATIONAL_NAME = "NationalName"
    NATIONAL_MOTTO = "NationalMotto"
    SUPERIOR_BODY = "SuperiorBody"
    ISSUING_BODY = "IssuingBody"
    RULE = "Rule"
    SYMBOL = "Symbol"
    PLACE_AND_DATE = "PlaceAndDate"
    LETTER_ABSTRACT = "LetterAbstract"
    KIND = "Kind"
    ABSTRACT = "Abstract"
    AUTHORITY = "Authority"
    ADDRESSEE = "Addressee"
    ADDRESSEES_WORD = "AddresseesWord"
    ADDRESSEES_LINE = "AddresseesLine"
    LEGAL_BASIS = "LegalBasis"
    BODY = "BodyLine"
    HEADING = "Heading"
    HEADING_TITLE = "HeadingTitle"
    ROMAN = "Roman"
    ARTICLE = "Article"
    CLAUSE_HEADING = "ClauseHeading"
    CLAUSE = "Clause"
    POINT = "Point"
    DASH = "Dash"
    PLUS = "Plus"
    TABLE_HEAD = "TableHead"
    TABLE_CENTRE = "TableCentre"
    TABLE_TEXT = "TableText"
    TABLE_GROUP = "TableGroup"
    RECIPIENTS_WORD = "RecipientsWord"
    RECIPIENT = "Recipient"
    AUTHORITY_LINE = "AuthorityLine"
    CONFIRMATION = "Confirmation"
    SIGNING_SPACE = "SigningSpace"
    SIGNER_NAME = "SignerName"
    ANNEX_WORD = "AnnexWord"
    ANNEX_TITLE = "AnnexTitle"
    ANNEX_POINTER = "AnnexPointer"
    PAGE_NUMBER = "PageNumber"
    SPACER = "Spacer"
    TABLE = "BorderedTable"

    @property
    def label(self) -> str:
        """The name shown in Word, in Vietnamese."""
        return _LABELS[self]


_LABELS: Final = {
    Style.NATIONAL_NAME: "Quốc hiệu",
    Style.NATIONAL_MOTTO: "Tiêu ngữ",
    Style.SUPERIOR_BODY: "Cơ quan chủ quản",
    Style.ISSUING_BODY: "Cơ quan ban hành",
    Style.RULE: "Đường kẻ ngang",
    Style.SYMBOL: "Số, ký hiệu",
    Style.PLACE_AND_DATE: "Địa danh, ngày tháng",
    Style.LETTER_ABSTRACT: "Trích yếu công văn",
    Style.KIND: "Tên loại văn bản",
    Style.ABSTRACT: "Trích yếu",
    Style.AUTHORITY: "Thẩm quyền ban hành",
    Style.ADDRESSEE: "Kính gửi một nơi",
    Style.ADDRESSEES_WORD: "Kính gửi nhiều nơi",
    Style.ADDRESSEES_LINE: "Kính gửi từng nơi",
    Style.LEGAL_BASIS: "Căn cứ",
    Style.BODY: "Lời văn",
    Style.HEADING: "Phần, chương, mục",
    Style.HEADING_TITLE: "Tiêu đề phần, chương, mục",
    Style.ROMAN: "Mục La Mã",
    Style.ARTICLE: "Điều",
    Style.CLAUSE_HEADING: "Tiêu đề khoản",
    Style.CLAUSE: "Khoản",
    Style.POINT: "Điểm",
    Style.DASH: "Gạch đầu dòng",
    Style.PLUS: "Dấu cộng đầu dòng",
    Style.TABLE_HEAD: "Bảng - đầu cột",
    Style.TABLE_CENTRE: "Bảng - giữa ô",
    Style.TABLE_TEXT: "Bảng - lời văn",
    Style.TABLE_GROUP: "Bảng - nhóm",
    Style.RECIPIENTS_WORD: "Nơi nhận",
    Style.RECIPIENT: "Từng nơi nhận",
    Style.AUTHORITY_LINE: "Quyền hạn, chức vụ",
    Style.CONFIRMATION: "Xác nhận",
    Style.SIGNING_SPACE: "Chỗ ký",
    Style.SIGNER_NAME: "Họ tên người ký",
    Style.ANNEX_WORD: "Phụ lục",
    Style.ANNEX_TITLE: "Tiêu đề phụ lục",
    Style.ANNEX_POINTER: "Kèm theo",
    Style.PAGE_NUMBER: "Số trang",
    Style.SPACER: "Dòng cách",
    Style.TABLE: "Bảng kẻ ô",
}
