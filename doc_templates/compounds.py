"""Words of several syllables, which a title must not break over two lines.

Vietnamese writes a space within a word, so that a program breaks `TRUNG HỌC CƠ / SỞ` where
a clerk would not. The list holds the words of names of bodies and of titles in the field of
emulation and commendation; a word that is not in it is broken like any two words.
"""

import re
from typing import Final

NBSP: Final = "\u00a0"

_WORDS: Final = """
    ủy ban nhân dân / hội đồng nhân dân / hội đồng / nhân dân / thường trực / văn phòng
    trung học cơ sở / trung học phổ thông / tiểu học / mầm non / mẫu giáo / giáo dục / đào tạo
    phổ thông / nội trú / bán trú / giáo viên / học sinh / sinh viên / nhà trường / đại học
    thi đua - khen thưởng / thi đua / khen thưởng / kinh tế / hạ tầng / đô thị / nội vụ
    văn hóa - xã hội / văn hóa / xã hội / thể thao / du lịch / thông tin / tuyên truyền
    tài chính / kế hoạch / đầu tư / xây dựng / công trình / dự án / dân dụng / công nghiệp
    nông nghiệp / môi trường / giao thông / vận tải / y tế / tư pháp / quản lý / trung tâm
    dịch vụ / hành chính / hành chính công / công an / quân sự / bộ chỉ huy / chỉ huy
    mặt trận tổ quốc / tổ quốc / phụ nữ / thanh niên / công đoàn / nông dân / cựu chiến binh
    chủ tịch / phó chủ tịch / giám đốc / phó giám đốc / hiệu trưởng / trưởng phòng / phụ trách
    thành phố / thị xã / thị trấn / đặc khu / tổ dân phố / địa bàn / địa phương / khu vực
    danh hiệu / danh sách / giấy khen / bằng khen / giấy chứng nhận / chứng nhận / huân chương
    cá nhân / tập thể / hộ gia đình / gia đình / đơn vị / cơ quan / tổ chức / cán bộ
    công chức / viên chức / người lao động / lao động / chiến sĩ / cơ sở / đảng viên / hội viên
    thành tích / xuất sắc / tiêu biểu / điển hình / tiên tiến / phong trào / yêu nước / quần chúng
    hoạt động / công tác / nhiệm vụ / việc làm / hành động / gương mẫu / người tốt / việc tốt
    phát động / phát hiện / bồi dưỡng / nhân rộng / tổng kết / sơ kết / biểu dương / tôn vinh
    đề nghị / xét tặng / tặng thưởng / triển khai / thực hiện / hướng dẫn / đẩy mạnh / tăng cường
    nâng cao / chất lượng / hiệu quả / tiếp tục / đột xuất / chuyên đề / toàn dân / đoàn kết
    đời sống / giai đoạn / hằng năm / năm học / cuộc thi / hội nghị / đại hội / kỷ niệm
    ban hành / quy chế / quy định / thành lập / kiện toàn / phê duyệt / hồ sơ / tờ trình
    trích ngang / phân cấp / thẩm quyền / lĩnh vực / nội dung / kinh phí / tiền thưởng
    phòng cháy / chữa cháy / phòng, chống / thiên tai / dịch bệnh / ma túy / an ninh / trật tự
    an toàn / cứu nạn / cứu hộ / từ thiện / nhân đạo / tình nguyện / trẻ em / khuyết tật
"""
_KNOWN: Final = frozenset(
    tuple(word.split()) for line in _WORDS.strip().splitlines() for word in line.split(" / ")
)
_LONGEST: Final = max(map(len, _KNOWN))
#: The other way of writing the end of a syllable: the tone on the second vowel.
_TONES: Final = {"uỷ": "ủy", "oá": "óa", "oà": "òa", "oả": "ỏa"}
_PLACES: Final = ("phường", "xã", "quận", "huyện", "tỉnh", "phố", "trấn", "khu")
#: A place's own name has no more syllables than this.
_PLACE_SYLLABLES: Final = 3
#: A figure after its word; the years of a period; a dash, which begins no line; “và”.
_FIGURE: Final = re.compile(r"\b(ngày|tháng|năm|quý|số|thứ|khóa|đoạn|Điều) (?=[\dIVX]+\b)", re.I)
_PERIOD: Final = re.compile(r"(?<=\d) ([-–]) (?=\d)")
_DASH: Final = re.compile(r" (?=[-–](?: |$))")
_AND: Final = re.compile(r"\b(và) ", re.I)


def hold_words(text: str) -> str:
    """Put a non-breaking space within words, and wherever a title is not broken."""
    syllables = text.split(" ")
    held: list[str] = []
    at = 0
    while at < len(syllables):
        length = _length_of_word(syllables, at)
        held.append(NBSP.join(syllables[at : at + length]))
        at += length
    joined = _FIGURE.sub(rf"\1{NBSP}", " ".join(held))
    joined = _PERIOD.sub(rf"{NBSP}\1{NBSP}", joined)
    return _AND.sub(rf"\1{NBSP}", _DASH.sub(NBSP, joined))


def _length_of_word(syllables: list[str], at: int) -> int:
    """Count the syllables of the word that begins at `at`, with its name if it is a place."""
    length = next(
        (
            length
            for length in range(min(_LONGEST, len(syllables) - at), 1, -1)
            if _is_known(syllables[at : at + length])
        ),
        1,
    )
    last = at + length - 1
    is_place = syllables[last].lower() in _PLACES
    return length + (_length_of_name(syllables, last) if is_place else 0)


def _is_known(syllables: list[str]) -> bool:
    first, *inner, last = syllables
    bare = (first.lstrip("“("), *inner, last.rstrip("”),;:."))
    return tuple(map(_folded, bare)) in _KNOWN


def _length_of_name(syllables: list[str], kind: int) -> int:
    """Count the syllables of a place's name after its kind; capitals tell it from words.

    Where all is in capitals, only a name at the very end can be told.
    """
    name = syllables[kind + 1 : kind + 1 + _PLACE_SYLLABLES]
    if syllables[kind].isupper():
        return len(name) if kind + 1 + len(name) == len(syllables) else 0
    length = 0
    for syllable in name:
        if not syllable[:1].isupper():
            break
        length += 1
        if not syllable.isalpha():
            break
    return length


def _folded(syllable: str) -> str:
    lowered = syllable.lower()
    return f"{lowered[:-2]}{_TONES.get(lowered[-2:], lowered[-2:])}"
