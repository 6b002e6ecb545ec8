"""The plans of the five published papers, judged on a year of invented nominations.

python -m benchmarks.year [-o var/year]

For each plan: a body with units of every type sends in exemplars, articles, good deeds and
proposals through its year, some units diligently, some late, some not at all; the plan is then
counted as on the last day of the year, and the Báo cáo and the workbook that an office would
hand in are written. One seed, so two runs give the same figures.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter as Tally
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from records.bodies import UnitType
from records.dossiers import REQUIRED_PAPERS
from records.rules.counts import Counter
from records.rules.quotas import Standing
from records.store import Store
from service.intake.movement import parse_contribution
from service.intake.nominations import parse_nominations
from service.workflow import (
    counting,
    filing,
    nominating,
    planning,
    reporting,
    reviewing,
    setting_up,
)
from service.workflow.desk import Desk

_ROOT = Path(__file__).parents[1]
_KEY = "ca-nam"
_NAMES = ("Nguyễn Thuỵ Ưu", "Đặng Đức Huệ", "H’Hen Niê", "Lò Văn Ỉnh", "Cầm Thị Ơn", "Bùi Thị Ển")
_DEEDS = (
    "nhặt được ví tiền trên đường và tìm đến tận nhà trả lại đầy đủ cho người đánh rơi",
    "lao xuống hồ cứu hai em nhỏ đuối nước rồi gọi xe đưa các em đến bệnh viện kịp thời",
    "mở lớp dạy chữ không lấy tiền cho người lao động tự do vào các buổi tối trong tuần",
    "nấu và phát cháo miễn phí cho bệnh nhân nghèo vào sáng thứ Bảy hằng tuần",
    "vận động các nhà hảo tâm sửa nhà dột nát cho hộ neo đơn trong tổ dân phố",
    "hiến máu nhiều lần và vận động người thân, hàng xóm cùng đăng ký hiến máu",
)


#: A movement, whether many kinds of people take part, the months of its proposals to the province.
_MOVEMENTS = (
    ("Hưng Yên chung sức xây dựng nông thôn mới", False, (4, 8, 11)),
    ("Vì người nghèo - Không để ai bị bỏ lại phía sau", True, (3, 5, 9)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    plan: str
    body: str
    award: str
    year: int


_CASES = (
    _Case(plan="gia-lam-875-ubnd-nv", body="huyen-gia-lam", award="ntvt_quan", year=2023),
    _Case(plan="nam-tu-liem-961-ubnd-nv", body="quan-nam-tu-liem", award="ntvt_quan", year=2023),
    _Case(plan="hai-ba-trung-124-kh-ubnd", body="quan-hai-ba-trung", award="ntvt_quan", year=2023),
    _Case(
        plan="hung-yen-1801-ubnd-nc", body="tinh-hung-yen", award="bang_khen_thanh_pho", year=2025
    ),
    _Case(plan="son-tay-ke-hoach-2017", body="thi-xa-son-tay", award="ntvt_quan", year=2017),
)


class _Clock:
    """Tells the day that the year has come to."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 3, tzinfo=UTC)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", "--output", type=Path, default=_ROOT / "var" / "year")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    for case in _CASES:
        with tempfile.TemporaryDirectory() as folder:
            store = Store(f"sqlite:///{folder}/records.db")
            store.upgrade()
            _run(case, store, asked.output)
            store.dispose()
    return 0


def _run(case: _Case, store: Store, output: Path) -> None:
    chance = random.Random(case.plan)
    clock = _Clock(date(case.year, 1, 5))
    desk = Desk(store, clock)
    setting_up.load_office(desk, setting_up.read_office(_ROOT / "fixtures" / "demo"))
    setting_up.load_office(desk, _office(case))
    text = (_ROOT / "fixtures" / "plans" / f"{case.plan}.toml").read_bytes()
    plan = planning.set_plan(desk, case.body, _KEY, text, by="year")
    start = time.perf_counter()
    sent, dossiers = _send_a_year(case, desk, clock, chance)
    made = time.perf_counter() - start
    clock.day = date(case.year, 12, 31)
    start = time.perf_counter()
    outcomes: Tally[str] = Tally()
    for dossier_id in dossiers:
        for line in reviewing.review(desk, dossier_id).lines:
            outcomes[line.verdict.outcome.label] += 1
    judged = time.perf_counter() - start
    status = counting.status(desk, case.body, _KEY)
    found = reporting.statistics(desk, case.body, _KEY)
    content, _ = reporting.make_report(desk, case.body, _KEY)
    (output / f"{case.plan}.docx").write_bytes(content)
    (output / f"{case.plan}.xlsx").write_bytes(reporting.to_xlsx(status, found))
    standings = Tally(row.standing for row in status.rows)
    print(f"{plan.document} ({case.year})")
    print(f"  sent in: {sent}; {found.total('proposed')} nominations in {len(dossiers)} dossiers")
    print(f"  verdicts: {', '.join(f'{count} {name}' for name, count in outcomes.items()) or '-'}")
    told = [f"{standings[one]} {one.label}" for one in Standing if standings[one]]
    print(f"  numbers: {len(plan.quotas)} rules, {len(status.rows)} rows: {'; '.join(told) or '-'}")
    for due in status.dues:
        counts = f"in time {len(due.filed)}, late {len(due.late)}, missing {len(due.missing)}"
        print(f"  {due.rule.id} {due.last:%d/%m/%Y}: {counts if due.rule.counters else 'a day'}")
    print(f"  made in {made:.1f} s, judged in {judged:.1f} s", flush=True)


def _office(case: _Case) -> dict[str, list[dict[str, Any]]]:
    """Units of every type, a campaign over the whole year, and somebody who signs its report."""
    signer = {
        "key": "bao-cao",
        "name": "Huỳnh Quỹ Đễ",
        "head": "CHỦ TỊCH",
        "on_behalf_of": "ỦY BAN NHÂN DÂN",
        "is_default": True,
        "kinds": ["report"],
    }
    sectors = {UnitType.COORDINATED_AGENCY: ("cong-an", "quan-su"), UnitType.SCHOOL: ("giao-duc",)}
    units = []
    for kind in UnitType:
        for at in (1, 2, 3):
            unit: dict[str, Any] = {
                "key": f"{kind.value}-{at}",
                "body": case.body,
                "name": f"{kind.label} số {at}",
                "unit_type": kind.value,
            }
            if kind in sectors:
                listed = sectors[kind]
                unit["sector"] = listed[(at - 1) % len(listed)]
            units.append(unit)
    return {
        "bodies": [{"key": case.body, "signatories": [signer]}],
        "units": units,
        "awards": [],
        "campaigns": [
            {
                "key": _KEY,
                "body": case.body,
                "name": f"Phong trào thi đua năm {case.year}",
                "movement": "Người tốt, việc tốt",
                "opens_on": date(case.year, 1, 1),
                "closes_on": date(case.year, 12, 20),
            }
        ],
    }


def _send_a_year(
    case: _Case, desk: Desk, clock: _Clock, chance: random.Random
) -> tuple[int, list[int]]:
    sent, dossiers = 0, []
    names = [unit["name"] for unit in _office(case)["units"]]
    zeal = {name: chance.choice((0.0, 0.5, 0.9, 1.0)) for name in names}
    for month in range(1, 13):
        days = {name: chance.randint(2, 27) for name in names}
        for name in sorted(names, key=days.__getitem__):
            clock.day = date(case.year, month, days[name])
            if chance.random() >= zeal[name]:
                continue
            for counter, most in ((Counter.EXEMPLAR, 5), (Counter.ARTICLE, 4), (Counter.SUDDEN, 1)):
                entry = parse_contribution(
                    {"counter": counter.value, "unit": name, "amount": chance.randint(1, most)}
                )
                planning.record(desk, case.body, _KEY, entry, by="year")
                sent += entry.amount
            if chance.random() < 0.2:
                dossiers.append(_file(case, desk, name, chance))
        for movement, is_broad, months in _MOVEMENTS:
            raw = {
                "counter": "provincial_proposal",
                "movement": movement,
                "is_broad": is_broad,
                "subject": "individual",
            }
            if month in months:
                entry = parse_contribution(raw)
                planning.record(desk, case.body, _KEY, entry, by="year", despite="Hội đồng đề nghị")
                sent += 1
    return sent, dossiers


def _file(case: _Case, desk: Desk, unit: str, chance: random.Random) -> int:
    """File a dossier of one to three people; now and then with a fault that a rule finds."""
    done = desk.today() - timedelta(days=chance.randint(3, 40))
    lines = [
        {
            "body": case.body,
            "campaign": _KEY,
            "award": case.award,
            "nominating_unit": unit,
            "name": chance.choice(_NAMES),
            "birth": str(chance.randint(1950, 2000)),
            "deed": f"Ngày {done.day}/{done.month}/{done.year}, ông bà đã {chance.choice(_DEEDS)}.",
            "deed_on": f"{done.day}/{done.month}/{done.year}",
            "assigned_duty": chance.random() < 0.05,
            "own_benefit": False,
            "law_abiding": True,
            "helps_others": True,
            "origin": "vietnamese",
            "holds": ["complaint"] if chance.random() < 0.05 else [],
            "category": "phong_trao",
        }
        for _ in range(chance.randint(1, 3))
    ]
    kept = nominating.nominate(desk, parse_nominations(lines), by="year", dossier=f"Hồ sơ {unit}")
    filing.submit(desk, kept.dossier_id or 0, by="year")
    for kind in REQUIRED_PAPERS:
        if chance.random() < 0.95:
            confirmed = chance.random() < 0.95
            filing.receive_paper(desk, kept.dossier_id or 0, kind, is_confirmed=confirmed)
    return kept.dossier_id or 0


if __name__ == "__main__":
    sys.exit(main())
