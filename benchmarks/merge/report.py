"""What a run of the benchmark gave: as Markdown to paste, as JSON to compare with."""

import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from benchmarks.merge.engines import BASELINE, OURS, Figure
from benchmarks.merge.limits import Distance
from benchmarks.merge.promises import Bulk, OwnForm

_PACKAGES: Final = ("docxtpl", "python-docx", "lxml", "Jinja2", "isal")
_MB: Final = 1 << 20
#: A ratio below this share of the recorded one fails the check.
KEPT_SHARE: Final = 0.6
#: Bars for the ratio over docxtpl, and over the fastest peer: zlib, isal.
_BARS: Final = {"t1": (70, 150), "t2": (30, 70), "t3": (9, 16), "t4": (130, 240)}
_PEER_BARS: Final = {"t1": (20, 40), "t2": (10, 25), "t3": (2, 3.5), "t4": (30, 60)}


@dataclass(slots=True)
class Report:
    """Everything a run measured. `wrong` and `absent` name engines that got no number."""

    rounds: int
    versions: dict[str, str]
    date: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())
    fuzzed: int = 0
    wrong: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    main: dict[str, dict[str, Figure]] = field(default_factory=dict)
    peaks: dict[str, dict[str, int]] = field(default_factory=dict)
    distances: dict[str, Distance] = field(default_factory=dict)
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    cold: dict[str, dict[str, Figure]] = field(default_factory=dict)
    pictures: dict[str, dict[str, Figure]] = field(default_factory=dict)
    bulk: Bulk | None = None
    forms: list[OwnForm] = field(default_factory=list)


def list_versions(peers: Mapping[str, str]) -> dict[str, str]:
    """List what the figures depend on."""
    found = {"CPython": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not there"
    return {**found, **peers}


def append(report: Report, path: Path) -> list[str]:
    """Append a run to the history; name the ratios that fell far below the last run's."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    now = ratios_of(report)
    before = json.loads(lines[-1])["ratios"] if lines else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"ratios": {**before, **now}, "report": _plain(report)}
    with path.open("a", encoding="utf-8") as history:
        history.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return [
        f"{name}: {now[name]:.1f}, was {before[name]:.1f}"
        for name in now.keys() & before.keys()
        if now[name] < before[name] * KEPT_SHARE
    ]


def ratios_of(report: Report) -> dict[str, float]:
    """Give the ratios over docxtpl that a later run is held to."""
    return {
        f"{template}/{engine}": figure.ratio
        for template, figures in report.main.items()
        for engine, figure in figures.items()
        if engine in OURS
    }


def to_markdown(report: Report) -> str:
    """Write the tables of a run."""
    parts = [
        *(_main(report) if report.main else ()),
        *(_promises(report) if report.cold or report.pictures or report.bulk else ()),
        *(_distances(report) if report.distances else ()),
        *(_stages(report) if report.stages else ()),
        *(_forms(report) if report.forms else ()),
    ]
    for name, reason in report.wrong.items():
        parts.append(f"**{name} gave another answer and gets no number**: {reason}")
    for name, reason in report.absent.items():
        parts.append(f"{name}: not there ({reason})")
    versions = ", ".join(f"{name} {number}" for name, number in report.versions.items())
    parts.append(f"{report.date}; {versions}; {report.rounds} rounds.")
    return "\n\n".join(parts) + "\n"


def _main(report: Report) -> list[str]:
    names = list(report.main)
    engines = list(dict.fromkeys(name for row in report.main.values() for name in row))
    rows = []
    for engine in engines:
        cells = [_figure(report.main[name].get(engine), engine) for name in names]
        size = report.main[names[0]].get(engine)
        peaks = [_megabytes(report.peaks.get(name, {}).get(engine)) for name in ("t2", "t3")]
        rows.append([engine, *cells, f"{size.size:,}" if size else "", *peaks])
    head = ["CPU ms (× docxtpl)", *names, f"bytes {names[0]}", "RSS MB t2", "RSS MB t3"]
    found = [_table(head, rows), _bars(report, engines)]
    if report.fuzzed:
        found.insert(
            0,
            f"Equal to docxtpl in every member before any timing: every template, "
            f"{report.fuzzed} hostile records.",
        )
    return [part for part in found if part]


def _bars(report: Report, engines: Sequence[str]) -> str:
    peers = [name for name in engines if name not in (BASELINE, *OURS)]
    rows = []
    for name, figures in report.main.items():
        for at, engine in enumerate(OURS):
            if engine not in figures:
                continue
            figure = figures[engine]
            low, middle, high = figure.ratios
            fastest = min(
                (figures[peer] for peer in peers if peer in figures),
                key=lambda one: one.milliseconds,
                default=None,
            )
            over = ["", ""]
            if fastest:
                share = [a / b for a, b in zip(fastest.rounds, figure.rounds, strict=True)]
                over = [
                    f"{sorted(share)[len(share) // 2]:.1f} ({fastest.engine})",
                    f"{_PEER_BARS[name][at]}",
                ]
            rows.append(
                [
                    name,
                    engine,
                    f"{middle:.1f}",
                    f"{low:.1f}-{high:.1f}",
                    f"{_BARS[name][at]}",
                    *over,
                ]
            )
    head = ["", "deflate", "× docxtpl", "quartiles", "bar", "× fastest peer", "bar"]
    return _table(head, rows)


def _promises(report: Report) -> list[str]:
    rows = []
    for name, figures in report.cold.items():
        share = 1 / figures["zlib"].ratio
        rows.append(
            [f"first render of an unseen template, {name}", f"{share:.2f} × one render", "≤ 1.5"]
        )
    for title, figures in report.pictures.items():
        for engine, bar in zip(OURS, (35, 60), strict=True):
            rows.append(
                [
                    f"picture per record ({title}), {engine}",
                    f"{figures[engine].milliseconds:.3f} ms, "
                    f"{figures[engine].ratio:.1f} × InlineImage",
                    f"≥ {bar}",
                ]
            )
    if report.bulk:
        for engine, bar in zip(OURS, (65, 120), strict=True):
            rows.append(
                [
                    f"5,000 t1 into a ZIP, {engine}",
                    f"{report.bulk.seconds[engine]:.2f} s, "
                    f"{report.bulk.ratios[engine][1]:.1f} × docxtpl",
                    f"≥ {bar}",
                ]
            )
        rows.append(["memory, 500 → 20,000 papers", f"{report.bulk.growth / _MB:.1f} MB", "≤ 10"])
        rows.append(["one .docx of 1,000 t1", f"{report.bulk.joined_us:.0f} µs each", ""])
    return [_table(["promise", "measured", "bar"], rows)]


def _distances(report: Report) -> list[str]:
    rows = [
        [
            name,
            f"{one.render_us:,.1f}",
            f"{one.limit_us:,.1f}",
            f"{one.floor_us:,.1f}",
            f"{one.over_limit[1]:.2f}",
            f"{one.over_floor[1]:.2f}",
        ]
        for name, one in report.distances.items()
    ]
    head = ["CPU µs", "render, isal", "limit", "Jinja floor", "× limit", "× floor"]
    return [_table(head, rows)]


def _stages(report: Report) -> list[str]:
    names = list(report.stages)
    rows = [
        [stage, *(f"{report.stages[name][stage]:,.1f}" for name in names)]
        for stage in report.stages[names[0]]
    ]
    return [_table(["stage, CPU µs", *names], rows)]


def _forms(report: Report) -> list[str]:
    rows = [
        [
            one.kind,
            one.tier,
            f"{one.milliseconds:.3f}",
            f"{one.context_milliseconds:.3f}",
            f"{one.size:,}",
            one.reason,
        ]
        for one in report.forms
    ]
    return [_table(["form", "tier", "render ms", "context ms", "bytes", "why"], rows)]


def _figure(figure: Figure | None, engine: str) -> str:
    if figure is None:
        return "-"
    digits = 3 if figure.milliseconds < 10 else 1
    ratio = "" if engine == BASELINE else f" ({figure.ratio:.{1 if figure.ratio < 20 else 0}f})"
    return f"{figure.milliseconds:.{digits}f}{ratio}"


def _megabytes(size: int | None) -> str:
    return f"{size / _MB:.0f}" if size else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(inner) for name, inner in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def write(text: str) -> None:
    """Print to the terminal."""
    sys.stdout.write(text)
    sys.stdout.flush()
