"""Kính gửi, Nơi nhận, the signature block and the end mark (mục II.6 to II.9)."""

import re
from collections.abc import Iterator
from typing import Final

from doc_templates import decree30
from doc_templates.conformity.findings import Finding, Severity
from doc_templates.conformity.lines import Line, fold
from doc_templates.conformity.rules import Checked, E, Sheet, W, at, rule
from doc_templates.kinds import DocumentKind

ADDRESSED = rule("KG-01", "Kính gửi chỉ có ở công văn, tờ trình, báo cáo", E, at("mục II.9"))
EACH_LINE = rule("KG-02", "Kính gửi nhiều nơi: mỗi nơi một dòng, “;” rồi “.”", W, at("mục II.9"))
ARTICLES = rule("NN-04", "Nơi nhận đầu của quyết định là “Như Điều …”", W, at("mục II.9"))
ENTRIES = rule("NN-01", "Mỗi nơi nhận kết thúc bằng “;”, dòng Lưu bằng “.”", W, at("mục II.9"))
ARCHIVE = rule("NN-02", "Dòng cuối “- Lưu: VT, <đơn vị soạn>.”", W, at("mục II.9"))
ABOVE = rule("NN-03", "Nơi nhận đầu là “Như trên” khi có Kính gửi", W, at("mục II.9"))
MODE = rule(
    "KY-01", "TM., KT., TL., TUQ., Q. viết đúng dạng", E, "NĐ 30/2020, Điều 13; " + at("mục II.7")
)
DEPUTY = rule(
    "KY-02", "Dưới KT. là chức vụ của người ký", E, "NĐ 30/2020, Điều 13; " + at("mục II.7")
)
PAIR = rule("KY-03", "TM. không đi cùng TL., TUQ.", W, "NĐ 30/2020, Điều 13")
BARE_NAME = rule("KY-04", "Họ tên không ghi học hàm, học vị, danh xưng", E, at("mục II.7"))
SIGNED = rule("KY-05", "Không ghi “(Đã ký)” trong văn bản phát hành", W, at("mục II.7"))
END = rule("KT-01", "Kết thúc văn bản bằng “./.”", W, "NĐ 30/2020, Phụ lục III")
POINTER = rule("PL-01", "Văn bản có phụ lục thì lời văn chỉ dẫn phụ lục", W, at("mục III.1"))

_MAY_BE_ADDRESSED: Final = frozenset(
    {DocumentKind.OFFICIAL_LETTER, DocumentKind.SUBMISSION, DocumentKind.REPORT}
)
#: Other kinds whose forms have such a line, or on which the decree is silent.
_UNSURE: Final = frozenset(
    {
        DocumentKind.INVITATION,
        DocumentKind.REFERRAL,
        DocumentKind.DISPATCH_SLIP,
        DocumentKind.TRANSFER_SLIP,
        DocumentKind.NOTIFICATION_SLIP,
        DocumentKind.TELEGRAM,
        DocumentKind.OPEN_LETTER,
    }
)
_OF_ARTICLES: Final = frozenset({DocumentKind.DECISION, DocumentKind.RESOLUTION})
_ENDS: Final = re.compile(r"\.\s*/\s*\.?\s*$|/\s*\.\s*$|\./[a-zA-Z]+\s*$|/lf\s*$")
_MODE_WORD: Final = re.compile(r"^(TM|KT|TL|TUQ|Q)(?P<after>.{0,2})")
_TITLES: Final = re.compile(
    r"^(?:ThS|TS|PGS|GS|BS|KS|CN|Ths|Thạc sĩ|Tiến sĩ|Giáo sư|Bác sĩ|Ông|Bà|Đ/c|Đồng chí|NGƯT|NSƯT)"
    r"\b[.\s]"
)


def check_addressees(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: Kính gửi in a plan. Right: in a letter, a submission, a report to a superior."""
    parts = sheet.parts
    if not parts.addressees or parts.kind is None:
        yield ADDRESSED.absent()
    elif parts.kind in _UNSURE:
        yield ADDRESSED.unsure(
            parts.addressees[0], "Chưa rõ loại văn bản này có dòng Kính gửi không."
        )
    elif parts.kind not in _MAY_BE_ADDRESSED:
        yield ADDRESSED.deviates(
            parts.addressees[0],
            f"{parts.kind.title} không có dòng Kính gửi.",
            "Bỏ dòng Kính gửi; nơi cần gửi ghi ở Nơi nhận.",
        )


def check_each_addressee(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: two bodies in one line. Right: “Kính gửi:”, then “- A;” and “- B.” below."""
    if len(sheet.parts.addressees) < 2:
        yield EACH_LINE.absent()
        return
    first, *others = sheet.parts.addressees
    if not first.text.rstrip().endswith(":"):
        yield EACH_LINE.deviates(
            first, "Có nhiều nơi nhưng nơi đầu ghi cùng dòng Kính gửi.", "Xuống dòng từng nơi."
        )
    for line in others:
        wanted = "." if line is others[-1] else ";"
        if line.text.rstrip()[-1:] not in (wanted, ":"):
            yield EACH_LINE.deviates(
                line, f"Nơi gửi không kết thúc bằng “{wanted}”.", f"Thêm “{wanted}” ở cuối."
            )


def check_recipients(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “- Lưu: VT” without a stop, entries without “;”. Right: “- Như trên;”, “- Lưu:
    VT, NV.”."""
    parts = sheet.parts
    entries = [line for line in parts.recipients if line.text.strip("- –+")]
    if not entries:
        for rule_ in (ENTRIES, ARCHIVE, ABOVE):
            yield rule_.absent()
        return
    archive = next((line for line in entries if re.search(r"\bluu\s*:?", line.folded)), None)
    for line in entries:
        if line is archive:
            break
        if (
            _begins_entry(line)
            and line.text.rstrip()[-1:] not in ";:"
            and not _is_wrapped(entries, line)
        ):
            yield ENTRIES.deviates(line, "Nơi nhận không kết thúc bằng “;”.", "Thêm “;” ở cuối.")
    if archive is None:
        yield ARCHIVE.deviates(
            entries[-1], "Không có dòng Lưu.", "Thêm “- Lưu: VT, <đơn vị soạn>.”."
        )
    else:
        yield from _archive(archive)
    first = entries[0].folded.lstrip("-+ ")
    if parts.addressees and parts.kind in _MAY_BE_ADDRESSED and not first.startswith("nhu tren"):
        yield ABOVE.deviates(
            entries[0], "Dòng đầu Nơi nhận không phải “Như trên”.", "Viết “- Như trên;”."
        )


def check_first_recipient(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: a decision whose first recipient is an office. Right: “- Như Điều 3;”."""
    parts = sheet.parts
    entries = [line for line in parts.recipients if line.text.strip("- –+")]
    has_articles = any(line.text.startswith("Điều ") for line in parts.body)
    if parts.kind not in _OF_ARTICLES or not entries or not has_articles:
        yield ARTICLES.absent()
        return
    if not entries[0].folded.lstrip("-+ ").startswith("nhu dieu"):
        yield ARTICLES.deviates(
            entries[0], "Dòng đầu Nơi nhận không phải “Như Điều …”.", "Viết “- Như Điều 3;”."
        )


def _archive(line: Line) -> Iterator[Finding]:
    folded = line.folded
    if not re.search(r"luu\s*:", folded):
        yield ARCHIVE.deviates(line, "Sau “Lưu” thiếu dấu hai chấm.", "Viết “- Lưu: VT, …”.")
    if not re.search(r"\bvt\b", folded):
        yield ARCHIVE.deviates(line, "Dòng Lưu không có VT (văn thư).", "Viết “- Lưu: VT, …”.")
    elif not re.search(r"\bvt\s*[,;]", folded):
        yield ARCHIVE.deviates(
            line,
            "Dòng Lưu không ghi đơn vị soạn thảo.",
            "Nếu cơ quan có đơn vị soạn thảo, viết “- Lưu: VT, <đơn vị soạn>.”.",
            Severity.HINT,
        )
    if line.text.rstrip()[-1:] not in ".)" and not re.search(r"\.\s*\(?\d*\)?$", line.text):
        yield ENTRIES.deviates(line, "Dòng Lưu không kết thúc bằng dấu chấm.", "Thêm dấu chấm.")


def _begins_entry(line: Line) -> bool:
    return line.text.lstrip().startswith(("-", "–", "+")) or bool(line.label)


def _is_wrapped(entries: list[Line], line: Line) -> bool:
    place = entries.index(line)
    return place + 1 < len(entries) and not _begins_entry(entries[place + 1])


def check_signature(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “KT CHỦ TỊCH”, “TM. … TL. …”, “ThS. Nguyễn …”. Right: “KT. CHỦ TỊCH”, below it
    “PHÓ CHỦ TỊCH”."""
    parts = sheet.parts
    if not parts.signing:
        for rule_ in (MODE, DEPUTY, PAIR):
            yield rule_.absent()
    modes = []
    for place, line in enumerate(parts.signing):
        found = _MODE_WORD.match(line.text.strip())
        if found is None or not _is_mode(line.text, found):
            continue
        modes.append(found[1])
        if found["after"] != ". " and found["after"][:1] != ".":
            yield MODE.deviates(line, f"Sau {found[1]} thiếu dấu chấm.", f"Viết “{found[1]}. …”.")
        elif found["after"] != ". ":
            yield MODE.deviates(
                line, f"Sau {found[1]}. thiếu cách chữ.", f"Viết “{found[1]}. …”.", W
            )
        if found[1] in ("KT", "TL", "TUQ") and not _has_post_below(parts.signing, place):
            yield DEPUTY.deviates(
                line,
                "Không có chức vụ của người ký ở dòng dưới.",
                "Thêm chức vụ thật của người ký.",
            )
    if "TM" in modes and {"TL", "TUQ"} & set(modes):
        yield PAIR.deviates(
            parts.signing[0], "TM. đi cùng TL. hoặc TUQ.", "Bỏ một trong hai quyền hạn ký."
        )
    yield from _signer(sheet)


def _is_mode(text: str, found: re.Match[str]) -> bool:
    """Tell a mode from a word that begins with the same letters."""
    after = text.strip()[len(found[1]) :][:1]
    return after in (".", " ") and not text.strip().startswith(("Q ", "KT-"))


def _has_post_below(signing: list[Line], place: int) -> bool:
    further = [line for line in signing[place + 1 :] if line.is_capitals]
    return bool(further) or len(signing[place].text) > 45


def _signer(sheet: Sheet) -> Iterator[Finding]:
    signer = sheet.parts.signer
    if signer is None:
        yield BARE_NAME.absent()
    elif found := _TITLES.match(signer.text):
        yield BARE_NAME.deviates(
            signer,
            f"Trước họ tên có “{found[0].strip()}”.",
            "Chỉ ghi họ tên; bỏ học hàm, học vị, danh hiệu, danh xưng.",
        )
    for line in (*sheet.parts.signing, *((signer,) if signer else ())):
        if fold(line.text).strip("() ") in ("da ky", "da ki"):
            yield SIGNED.deviates(line, "Có chữ “(Đã ký)”.", "Bỏ chữ này trong bản phát hành.")


def check_end(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: “… thực hiện.”, “… thực hiện./”, “. /.”. Right: “… thực hiện./.”."""
    parts = sheet.parts
    body = [line for line in parts.body if line.table < 0]
    if not body or parts.recipients_word is None or parts.kind is None:
        yield END.absent()
        return
    last = body[-1]
    text = last.text.rstrip()
    if text.endswith(decree30.END_MARK) and not text.endswith((" ./.", "../.")):
        return
    tail = [line for line in parts.body[-6:] if _ENDS.search(line.text)]
    if tail and tail[-1].text.rstrip().endswith(decree30.END_MARK):
        return
    if tail:
        yield END.deviates(
            tail[-1],
            f"Dấu kết thúc viết “{tail[-1].text.rstrip()[-4:].strip()}”.",
            "Viết “./.” liền sau chữ cuối.",
        )
    else:
        yield END.deviates(last, "Không có dấu kết thúc “./.”.", "Thêm “./.” sau chữ cuối.")


def check_annexes(sheet: Sheet) -> Iterator[Finding]:
    """Wrong: an annex that the text does not name. Right: “(có danh sách kèm theo)”."""
    parts = sheet.parts
    if not parts.annexes or not parts.body:
        yield POINTER.absent()
        return
    text = " ".join(line.folded for line in (*parts.body, *parts.bases, *parts.abstract))
    if not re.search(r"phu luc|kem theo|dinh kem|danh sach|bieu mau|mau so|gui kem", text):
        yield POINTER.deviates(
            parts.annexes[0],
            "Lời văn không nhắc đến phụ lục này.",
            "Thêm chỉ dẫn, ví dụ “(có Phụ lục kèm theo)”.",
            Severity.WARNING,
        )


CHECKS: Final = (
    Checked((ADDRESSED,), check_addressees),
    Checked((EACH_LINE,), check_each_addressee),
    Checked((ARTICLES,), check_first_recipient),
    Checked((ENTRIES, ARCHIVE, ABOVE), check_recipients),
    Checked((MODE, DEPUTY, PAIR, BARE_NAME, SIGNED), check_signature),
    Checked((END,), check_end),
    Checked((POINTER,), check_annexes),
)
