"""How long it takes to look for a nominee among 50,000 awards of many years.

python -m benchmarks.duplicates [--grants 50000] [--lines 300]

The golden book is filled with invented people whose names are as alike as Vietnamese names are:
few family names, few middle names, many who share all three. One line is looked for alone, as
while a clerk types, then a whole dossier.
"""

import argparse
import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from records import awards, bodies
from records.base import PartialDate, fold
from records.grants import Grant
from records.store import Store
from service.intake.nominations import parse_nominations
from service.workflow import nominating, reviewing, setting_up
from service.workflow.desk import Desk

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_WARD = "phuong-hai-ba-trung"
_AT = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
_FAMILY = "Nguyễn,Trần,Lê,Phạm,Hoàng,Huỳnh,Phan,Vũ,Võ,Đặng,Bùi,Đỗ,Hồ,Ngô,Dương,Lý,Nông,Quàng"
_MIDDLE = "Thị,Văn,Đức,Ngọc,Thuỵ,Minh,Thanh,Hữu,Thị,Thu,Quốc,Kim,Hoài,Bảo"
_GIVEN = (
    "Ưu,Huệ,Lan,Hương,Thuỷ,Hoà,Hòa,Anh,Ánh,Dũng,Hùng,Mai,Nga,Oanh,Phúc,Quế,Sơn,Tú,Uyên,Vân,"
    "Xuân,Yến,Khôi,Kiên,Liên,Loan,Nhung,Ninh,Phượng,Quỳnh,Thắng,Tiến,Toàn,Trinh,Tuyết,Vinh,Ển,Ỏn"
)
_WORDS = (
    "bà ông anh chị đã giúp nhiều hộ nghèo trong tổ dân phố sửa nhà dọn ngõ trả lại ví tiền giấy "
    "tờ cho người mất cứu em nhỏ đuối nước ở hồ hiến máu nấu cháo phát suất ăn cho bệnh nhân dạy "
    "học miễn phí vận động quyên góp trồng cây đưa cụ già qua đường bắt kẻ trộm nuôi trẻ mồ côi"
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grants", type=int, default=50_000)
    parser.add_argument("--lines", type=int, default=300)
    asked = parser.parse_args()
    chance = random.Random(20261127)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/records.db")
        store.upgrade()
        desk = Desk(store, lambda: _AT)
        setting_up.load_office(desk, setting_up.read_office(_FIXTURES / "demo"))
        _fill(store, asked.grants, chance)
        listed = [_nominee(chance) for _ in range(asked.lines)]
        lines = parse_nominations(listed)
        kept = nominating.nominate(desk, lines, by="benchmark", dossier="Hồ sơ lớn")
        alone = []
        for nomination_id in kept.nomination_ids[:20]:
            start = time.perf_counter()
            reviewing.find_alike(desk, nomination_id)
            alone.append(time.perf_counter() - start)
        start = time.perf_counter()
        review = reviewing.review(desk, kept.dossier_id or 0)
        whole = time.perf_counter() - start
        print(
            f"{asked.grants:,} awards: one nominee {median(alone):.3f} s (slowest "
            f"{max(alone):.3f} s), a dossier of {asked.lines} lines judged in {whole:.1f} s, "
            f"{sum(len(line.suspects) for line in review.lines)} look-alikes shown"
        )
        store.dispose()
    return 0


def _fill(store: Store, count: int, chance: random.Random) -> None:
    with store.transaction() as session:
        body = bodies.get_body(session, _WARD)
        title = awards.get_title(session, "ntvt")
        rows = []
        for at in range(count):
            name = _name(chance)
            rows.append(
                {
                    "body_id": body.id,
                    "award_title_id": title.id,
                    "level": awards.Level.COMMUNE,
                    "decision": f"Quyết định số {at % 900 + 1}/QĐ-UBND",
                    "granted_on": date(2015, 1, 1) + timedelta(days=at % 4000),
                    "subject": awards.Subject.INDIVIDUAL,
                    "name": name,
                    "folded_name": fold(name),
                    "birth": PartialDate(chance.randint(1940, 2010)),
                    "deed": _deed(chance),
                    "recorded_at": _AT,
                    "recorded_by": "benchmark",
                }
            )
        for start, end in pairwise([*range(0, count, 2_000), count]):
            session.execute(insert(Grant), rows[start:end])


def _nominee(chance: random.Random) -> dict[str, object]:
    return {
        "body": _WARD,
        "campaign": "ntvt-2026",
        "award": "ntvt",
        "nominating_unit": "Hội Liên hiệp Phụ nữ Phường",
        "name": _name(chance),
        "birth": str(chance.randint(1940, 2010)),
        "deed": _deed(chance),
        "assigned_duty": False,
        "own_benefit": False,
    }


def _name(chance: random.Random) -> str:
    return f"{_one(_FAMILY, chance)} {_one(_MIDDLE, chance)} {_one(_GIVEN, chance)}"


def _one(listed: str, chance: random.Random) -> str:
    return chance.choice(listed.split(","))


def _deed(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=60)).capitalize()


if __name__ == "__main__":
    sys.exit(main())
