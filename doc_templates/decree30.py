"""The figures of Nghị định 30/2020/NĐ-CP, each once, each with its place in the decree.

All of them stand in Phụ lục I, Phần I. Lengths are millimetres, type sizes points. A range
is (least, most); `chosen` is what our forms print, always within the range and, where the
decree prints an example, the size of the example.
"""

from dataclasses import dataclass
from typing import Final

# Mục I.1: paper.
PAGE_WIDTH_MM: Final = 210
PAGE_HEIGHT_MM: Final = 297


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """One margin of the page, measured from the edge of the paper."""

    least_mm: float
    most_mm: float
    chosen_mm: float


# Mục I.3: margins.
MARGIN_TOP: Final = Margin(least_mm=20, most_mm=25, chosen_mm=20)
MARGIN_BOTTOM: Final = Margin(least_mm=20, most_mm=25, chosen_mm=20)
MARGIN_LEFT: Final = Margin(least_mm=30, most_mm=35, chosen_mm=30)
MARGIN_RIGHT: Final = Margin(least_mm=15, most_mm=20, chosen_mm=15)

# Mục I.4: type.
TYPEFACE: Final = "Times New Roman"

# Mục I.7: the page number stands in the middle of the top margin, not on the first page.
#: From the top edge of the paper to the page number; half of the top margin.
PAGE_NUMBER_FROM_TOP_MM: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """How one element is set: table of Mục V, with the row's own wording.

    `capitals` says that the element is printed in capitals.
    """

    least_pt: float
    most_pt: float
    chosen_pt: float
    bold: bool = False
    italic: bool = False
    capitals: bool = False


# Mục V: the table of lettering.
NATIONAL_NAME: Final = Lettering(least_pt=12, most_pt=13, chosen_pt=12, bold=True, capitals=True)
NATIONAL_MOTTO: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=13, bold=True)
SUPERIOR_BODY: Final = Lettering(least_pt=12, most_pt=13, chosen_pt=12, capitals=True)
ISSUING_BODY: Final = Lettering(least_pt=12, most_pt=13, chosen_pt=12, bold=True, capitals=True)
NUMBER_AND_SYMBOL: Final = Lettering(least_pt=13, most_pt=13, chosen_pt=13)
PLACE_AND_DATE: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=13, italic=True)
KIND: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, bold=True, capitals=True)
ABSTRACT: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, bold=True)
LETTER_ABSTRACT: Final = Lettering(least_pt=12, most_pt=13, chosen_pt=12)
BODY: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14)
HEADING: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, bold=True)
HEADING_CAPITALS: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, bold=True, capitals=True)
LEGAL_BASIS: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, italic=True)
SIGNING_AUTHORITY: Final = Lettering(
    least_pt=13, most_pt=14, chosen_pt=14, bold=True, capitals=True
)
SIGNER_NAME: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, bold=True)
ADDRESSEES: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14)
RECIPIENTS_WORD: Final = Lettering(least_pt=12, most_pt=12, chosen_pt=12, bold=True, italic=True)
RECIPIENTS: Final = Lettering(least_pt=11, most_pt=11, chosen_pt=11)
ANNEX_WORD: Final = Lettering(least_pt=14, most_pt=14, chosen_pt=14, bold=True)
ANNEX_TITLE: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=14, bold=True, capitals=True)
ANNEX_POINTER: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=13, italic=True)
PAGE_NUMBER: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=13)
URGENCY: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=13, bold=True, capitals=True)
CIRCULATION: Final = Lettering(least_pt=13, most_pt=14, chosen_pt=13, bold=True, capitals=True)
DRAFTER_MARK: Final = Lettering(least_pt=11, most_pt=11, chosen_pt=11, capitals=True)
FOOT_ADDRESS: Final = Lettering(least_pt=11, most_pt=12, chosen_pt=11)
SIGNATURE_DATA: Final = Lettering(least_pt=10, most_pt=10, chosen_pt=10)

# Mục II: the wording that never changes.
NATIONAL_NAME_TEXT: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
NATIONAL_MOTTO_TEXT: Final = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_WORD_TEXT: Final = "Nơi nhận:"
ADDRESSEES_WORD_TEXT: Final = "Kính gửi:"
#: The mark after the last word, as in every sample of Phụ lục III.
END_MARK: Final = "./."
#: Where no number or day is given yet, the paper keeps room to write it in: six spaces, of
#: which one stands after “Số:” anyway.
NUMBER_GAP: Final = "     "
DATE_GAP: Final = "      "

# Mục II.2 and II.5: rules under the issuing body and under the abstract are one third to one
# half of the line above; the rule under the motto is as long as the motto (mục II.1).
SHORT_RULE_LEAST: Final = 1 / 3
SHORT_RULE_MOST: Final = 1 / 2
SHORT_RULE_CHOSEN: Final = 0.42

# Mục II.5b: the abstract of a letter stands 6 pt below the symbol.
LETTER_ABSTRACT_BEFORE_PT: Final = 6

# Mục II.6: the text.
FIRST_LINE_MM: Final = (10, 12.7)
FIRST_LINE_CHOSEN_MM: Final = 12.7
PARAGRAPH_GAP_LEAST_PT: Final = 6
LINE_SPACING: Final = (1.0, 1.5)
LINE_SPACING_CHOSEN: Final = 1.0

# Mục II.4: days below 10 and the months January and February take a zero before them.
PADDED_MONTHS: Final = (1, 2)

# Phụ lục III samples, measured: the dashed lines of Kính gửi stand under the colon.
ADDRESSEES_WORD_INDENT_MM: Final = 35
ADDRESSEES_LINE_INDENT_MM: Final = 45
