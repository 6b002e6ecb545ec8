"""A ceremony's certificates: one file with one background, against single files put together.

python -m benchmarks.certificates          1,000 certificates, medians of interleaved rounds

The other ways are what offices do now: a PDF for each person, then all joined by pikepdf (a
well-kept library over qpdf). The single files are drawn once by reportlab's own canvas, which
makes a subset of its fonts for each, and once by our writer, which has that ready.
"""

import argparse
import io
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from typing import Final

import pikepdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from doc_templates import certificates, fonts, pdf
from doc_templates.certificates import Certificate
from doc_templates.certificates.setting import set_text
from doc_templates.layout.display import Area, Glyphs, Layout, Rule, Shape

_ROUNDS: Final = 5
_NAMES: Final = ("Nguyễn Thuỵ Ưu", "Đặng Đức Huệ", "H’Len Niê", "Trần Thị Mỹ Duyên")
_FACES: Final = {
    (False, False): "Tinos-Regular",
    (True, False): "Tinos-Bold",
    (False, True): "Tinos-Italic",
    (True, True): "Tinos-BoldItalic",
}
_DAY: Final = date(2026, 10, 9)


def listed(count: int, round_: int) -> list[Certificate]:
    """Give certificates that no round before had, each with a deed of its own."""
    return [
        Certificate(
            authority="CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HAI BÀ TRƯNG",
            act="TẶNG",
            award="GIẤY KHEN",
            recipient=f"Bà {_NAMES[place % len(_NAMES)]}",
            position=f"Tổ dân phố số {place % 40 + 1}, Phường Hai Bà Trưng",
            deed=f"Đã có thành tích giúp đỡ {place + 2} hộ neo đơn trong đợt {round_}.{place}, "
            "trả lại của rơi cho người đánh mất, vận động hàng xóm giữ ngõ phố xanh, sạch, đẹp",
            decision="211/QĐ-UBND",
            decided_on=_DAY,
            golden_book=place + 1,
            place="Phường Hai Bà Trưng",
            issued_on=_DAY,
            signer_post="CHỦ TỊCH",
            signer_name="Hoàng Đình Khuyến",
        )
        for place in range(count)
    ]


def together(all_: list[Certificate]) -> bytes:
    return pdf.write(certificates.draw(all_, certificates.default_arrangement()))


def merged(all_: list[Certificate], write: Callable[[Layout], bytes]) -> bytes:
    """Write each alone, then join the files."""
    sheet = certificates.default_arrangement()
    singles = [write(certificates.draw([one], sheet)) for one in all_]
    joined = pikepdf.new()
    for single in singles:
        with pikepdf.open(io.BytesIO(single)) as opened:
            joined.pages.extend(opened.pages)
    buffer = io.BytesIO()
    joined.save(buffer)
    return buffer.getvalue()


def by_canvas(layout: Layout) -> bytes:
    """Draw one certificate with reportlab's canvas."""
    buffer = io.BytesIO()
    page = layout.pages[0]
    canvas = Canvas(buffer, pagesize=(page.width, page.height))
    for item in (*(page.backdrop.items if page.backdrop else ()), *page.items):
        if isinstance(item, Glyphs):
            canvas.setFillColor(f"#{item.color}")
            canvas.setFont(item.face, item.size)
            canvas.drawString(item.x, page.height - item.y, item.text)
        elif isinstance(item, Rule):
            canvas.setLineWidth(item.width)
            canvas.line(item.x1, page.height - item.y1, item.x2, page.height - item.y2)
        elif isinstance(item, Area):
            canvas.setStrokeColor(f"#{item.line}")
            canvas.setLineWidth(item.line_width)
            canvas.rect(item.x, page.height - item.y - item.height, item.width, item.height)
        elif isinstance(item, Shape):
            path = canvas.beginPath()
            path.moveTo(item.points[0][0], page.height - item.points[0][1])
            for x, y in item.points[1:]:
                path.lineTo(x, page.height - y)
            path.close()
            canvas.setFillColor(f"#{item.color}")
            canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    return buffer.getvalue()


def timed(act: Callable[[], bytes]) -> tuple[float, int]:
    set_text.cache_clear()
    start = time.perf_counter()
    made = act()
    return time.perf_counter() - start, len(made)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    asked = parser.parse_args()
    for (is_bold, is_italic), name in _FACES.items():
        file = fonts.face_file(bold=is_bold, italic=is_italic)
        pdfmetrics.registerFont(TTFont(name, str(file)))
    ways: dict[str, Callable[[list[Certificate]], bytes]] = {
        "one file": together,
        "single files of our writer, joined": lambda all_: merged(all_, pdf.write),
        "single files of reportlab's canvas, joined": lambda all_: merged(all_, by_canvas),
    }
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in ways}
    for round_ in range(asked.rounds):
        all_ = listed(asked.count, round_)
        for name, way in ways.items():
            found[name].append(timed(lambda way=way, all_=all_: way(all_)))
    mid = statistics.median
    print("| way | s | MB | × time of one file | × its size |")
    print("|---|---:|---:|---:|---:|")
    for name, measured in found.items():
        pairs = list(zip(measured, found["one file"], strict=True))
        print(
            f"| {name} | {mid(one for one, _ in measured):.2f} | "
            f"{mid(size for _, size in measured) / 1e6:.2f} | "
            f"{mid(other[0] / ours[0] for other, ours in pairs):.1f} | "
            f"{mid(other[1] / ours[1] for other, ours in pairs):.1f} |"
        )
    print("\n| certificates | ms each | MB at the peak |")
    print("|---:|---:|---:|")
    for count in (100, 1000, 10_000, 20_000):
        all_ = listed(count, 99)
        spent, _ = timed(lambda all_=all_: together(all_))
        tracemalloc.start()
        together(all_)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"| {count:,} | {spent * 1e3 / count:.3f} | {peak / 1e6:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
