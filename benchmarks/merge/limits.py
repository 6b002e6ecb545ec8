"""Where the time of a render goes, and how far it stands from what cannot be avoided.

    limit   join ready strings, encode, deflate (isal 2), sum, copy the packed members
    floor   the same, with Jinja giving the strings

All steps of one template take turns in this one process.
"""

import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from isal import isal_zlib

from benchmarks.merge.engines import spread
from benchmarks.merge.templates import Sample
from doc_templates.merge import Deflate, compile_form, package, render, renderer
from doc_templates.merge.values import Values

_STEP_SECONDS: Final = 0.02
Step = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How many times the compiled render costs the limit and the floor, with quartiles."""

    limit_us: float
    floor_us: float
    render_us: float
    over_limit: tuple[float, float, float]
    over_floor: tuple[float, float, float]


def measure_distance(sample: Sample, *, rounds: int) -> Distance:
    """Measure how far the render with isal stands from the limit and from the floor."""
    form = compile_form(sample.draw("jinja"))
    record = sample.make_record(0)
    template = form.parts[0].template
    before, after = form.parts[0].before, form.parts[0].after
    ready = [before.decode(), *_strings(template, record), after.decode()]

    def limit() -> bytes:
        return _pack(form.fixed, "".join(ready).encode())

    def floor() -> bytes:
        filled = map(str.encode, _strings(template, record))
        return _pack(form.fixed, b"".join((before, *filled, after)))

    def whole() -> bytes:
        return render(form, record, deflate=Deflate.ISAL)

    if not limit()[-200:] == floor()[-200:]:
        raise AssertionError("the floor does not do the work of the limit")
    times = _take_turns({"limit": limit, "floor": floor, "whole": whole}, rounds)

    def over(step: str) -> tuple[float, float, float]:
        return spread([a / b for a, b in zip(times["whole"], times[step], strict=True)])

    return Distance(
        limit_us=median(times["limit"]),
        floor_us=median(times["floor"]),
        render_us=median(times["whole"]),
        over_limit=over("limit"),
        over_floor=over("floor"),
    )


def measure_stages(sample: Sample, *, rounds: int) -> dict[str, float]:
    """Measure the stages of a render, microseconds each; the last rows are whole renders."""
    form = compile_form(sample.draw("jinja"))
    part = form.parts[0]
    record, broken = sample.make_record(0), sample.make_record(7)
    given = Values(form.name, record, is_strict=form.is_checked)
    pieces = list(_strings(part.template, record))
    text = "".join(pieces)
    content = part.before + text.encode() + part.after
    entry = package.pack_varying(part.member, content)
    return {
        name: median(times)
        for name, times in _take_turns(
            {
                "values looked at": lambda: Values(form.name, record, is_strict=form.is_checked),
                "Jinja": lambda: "".join(_strings(part.template, record)),
                "  of it joining": lambda: "".join(pieces),
                "encode": text.encode,
                "fill (Jinja, encode, second look)": lambda: renderer.fill(form, part, given),
                "put between the fixed bytes": lambda: part.before + text.encode() + part.after,
                "pack, zlib": lambda: package.pack_varying(part.member, content),
                "  of it deflate 6": lambda: zlib.compress(content, 6, -15),
                "pack, isal": lambda: package.pack_varying(part.member, content, Deflate.ISAL),
                "  of it deflate 2": lambda: isal_zlib.compress(content, 2, -15),
                "  of it sum": lambda: isal_zlib.crc32(content),
                "write the package": lambda: b"".join(package.write(form.fixed, [entry])),
                "whole render, zlib": lambda: render(form, record),
                "whole render, isal": lambda: render(form, record, deflate=Deflate.ISAL),
                "the same with a line break": lambda: render(form, broken, deflate=Deflate.ISAL),
            },
            rounds,
        ).items()
    }


def _strings(template: Any, record: Mapping[str, Any]) -> Iterator[str]:
    """Let Jinja give the strings of a template, as its own `render` begins."""
    environment = template.environment
    context = environment.context_class(environment, record, template.name, template.blocks)
    strings: Iterator[str] = template.root_render_func(context)
    return strings


def _pack(fixed: Any, content: bytes) -> bytes:
    """Put a filled part beside the packed ones with the least that this takes."""
    entry = package.Entry(
        b"word/document.xml",
        8,
        isal_zlib.crc32(content),
        isal_zlib.compress(content, 2, -15),
        len(content),
    )
    return b"".join(package.write(fixed, [entry]))


def _take_turns(steps: Mapping[str, Step], rounds: int) -> dict[str, list[float]]:
    """Time steps in turns; microseconds of CPU, a figure for each round."""
    counts = {name: _count_of_turn(step) for name, step in steps.items()}
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            started = time.process_time()
            for _ in range(counts[name]):
                step()
            times[name].append((time.process_time() - started) / counts[name] * 1e6)
    return times


def _count_of_turn(step: Step) -> int:
    count = 1
    while True:
        started = time.process_time()
        for _ in range(count):
            step()
        spent = time.process_time() - started
        if spent > _STEP_SECONDS / 4:
            return max(1, round(count * _STEP_SECONDS / spent))
        count *= 4
