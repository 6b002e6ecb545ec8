"""What is promised beside the four templates: cold starts, pictures, bulk, our own forms."""

import base64
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.merge import equality
from benchmarks.merge.engines import (
    BASELINE,
    OURS,
    RECORDS,
    ROOT,
    Engine,
    Figure,
    Worker,
    race,
    spread,
    started,
)
from benchmarks.merge.templates import SAMPLES, Record, Sample, draw_decision, draw_png
from doc_templates import catalogue
from doc_templates.merge import compile_form, render

PICTURES: Final = {"QR code, 1 KB": 900, "portrait, 60 KB": 60_000}
#: How many papers are made at once, by us and, to be scaled up, by docxtpl.
BULK, BULK_OF_DOCXTPL = 5_000, 200
_FEW, _MANY = 500, 20_000
_TODAY: Final = date(2026, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Many papers in one ZIP; `growth` in bytes from 500 to 20,000 papers."""

    seconds: Mapping[str, float]
    ratios: Mapping[str, tuple[float, float, float]]
    peaks: Mapping[int, int]
    joined_us: float

    @property
    def growth(self) -> int:
        """How much more memory twenty thousand papers take than five hundred."""
        return self.peaks[_MANY] - self.peaks[_FEW]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """One of our forms: its tier, and what a typical record takes."""

    kind: str
    tier: str
    reason: str
    milliseconds: float
    context_milliseconds: float
    size: int


def race_cold(workers: Mapping[str, Worker], name: str, *, rounds: int) -> dict[str, Figure]:
    """Compile and fill a template that was never seen, for each record."""
    return race(workers, name, rounds=rounds, do="cold")


def race_pictures(
    workers: Mapping[str, Worker], *, rounds: int
) -> tuple[dict[str, dict[str, Figure]], dict[str, str]]:
    """Print a picture of its own in each record of t1; also says where words are lost."""
    figures, wrong = {}, {}
    ours = {name: worker for name, worker in workers.items() if name in (BASELINE, *OURS)}
    docx = draw_decision(extra="{{ picture }}")
    for title, size in PICTURES.items():
        records = [
            {**SAMPLES["t1"].make_record(seed), "picture": _picture(size, seed)}
            for seed in range(RECORDS)
        ]
        for worker in ours.values():
            worker.load("picture", docx, records)
        right = equality.read_text(ours[BASELINE].one("picture", 0))
        for name in OURS:
            if name in ours and equality.read_text(ours[name].one("picture", 0)) != right:
                wrong[name] = f"{title}: other words"
        figures[title] = race(ours, "picture", rounds=rounds)
    return figures, wrong


def measure_bulk(
    engines: Sequence[Engine], workers: Mapping[str, Worker], folder: Path, *, rounds: int
) -> Bulk:
    """Write thousands of t1 into one ZIP in one process."""
    target = str(folder / "bulk.zip")
    taken: dict[str, list[float]] = {name: [] for name in (BASELINE, *OURS) if name in workers}
    for _ in range(rounds):
        for name, times in taken.items():
            count = BULK_OF_DOCXTPL if name == BASELINE else BULK
            answer = workers[name].ask("bulk", name="t1", count=count, target=target)
            times.append(answer["cpu"] / count)
    ours = next(engine for engine in engines if engine.name == "zlib")
    return Bulk(
        seconds={name: median(times) * BULK for name, times in taken.items()},
        ratios={
            name: spread([a / b for a, b in zip(taken[BASELINE], times, strict=True)])
            for name, times in taken.items()
        },
        peaks={count: _peak(ours, folder, count) for count in (_FEW, _MANY)},
        joined_us=_measure_joined(),
    )


def measure_peak(engine: Engine, folder: Path, sample: Sample, *, count: int = 3) -> int:
    """Give the peak of a fresh process that fills some records, in bytes."""
    with started([engine], folder) as workers:
        (worker,) = workers.values()
        records = [sample.make_record(seed) for seed in range(2)]
        worker.load(sample.name, sample.draw(engine.syntax), records)
        worker.ask("turn", name=sample.name, count=count)
        return int(worker.ask("memory")["peak"])


def measure_own_forms(*, rounds: int) -> list[OwnForm]:
    """Fill our forms with their typical records: the longest of the papers and the sample."""
    from service.intake import papers

    files = [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "fixtures" / "papers").rglob("*.toml"))
    ]
    measured = []
    for form in catalogue.list_forms():
        entries = [papers.parse_paper(papers.read_paper_file(text.encode())) for text in files]
        entries.append(papers.parse_paper(papers.read_paper_file(form.sample().encode())))
        read = [entry.to_paper(today=_TODAY, awaits_number=False) for entry in entries]
        paper = max((one for one in read if one.kind == form.kind), key=lambda one: len(str(one)))
        compiled = catalogue.compiled(form.kind)
        values = asdict(form.make_context(paper))
        times, context_times = [], []
        for _ in range(rounds):
            times.append(_time(lambda form=compiled, values=values: render(form, values)))
            context_times.append(
                _time(lambda form=form, paper=paper: asdict(form.make_context(paper)))
            )
        measured.append(
            OwnForm(
                kind=form.kind,
                tier=str(compiled.tier),
                reason=compiled.reason,
                milliseconds=median(times) * 1000,
                context_milliseconds=median(context_times) * 1000,
                size=len(render(compiled, values)),
            )
        )
    return measured


def _picture(size: int, seed: int) -> dict[str, str]:
    return {"picture": base64.b64encode(draw_png(size, seed=seed)).decode()}


def _peak(engine: Engine, folder: Path, count: int) -> int:
    sample = replace(SAMPLES["t1"], name="t1")
    with started([engine], folder) as workers:
        (worker,) = workers.values()
        records = [sample.make_record(seed) for seed in range(RECORDS)]
        worker.load("t1", sample.draw("jinja"), records)
        worker.ask("bulk", name="t1", count=count, target=os.devnull)
        return int(worker.ask("memory")["peak"])


def _measure_joined() -> float:
    """Give the microseconds of a decision among a thousand in one file for the printer."""
    from doc_templates.merge import bulk

    sample = SAMPLES["t1"]
    form = compile_form(sample.draw("jinja"))
    records: list[Record] = [sample.make_record(seed) for seed in range(RECORDS)]
    with open(os.devnull, "wb") as target:  # noqa: PTH123
        started_at = time.process_time()
        bulk.write_joined(target, form, (records[n % RECORDS] for n in range(1_000)))
        return (time.process_time() - started_at) * 1e6 / 1_000


def _time(step: Any) -> float:
    count = 20
    started_at = time.process_time()
    for _ in range(count):
        step()
    return (time.process_time() - started_at) / count
