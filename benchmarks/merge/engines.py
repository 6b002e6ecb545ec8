"""The engines that are compared, each a worker that stays; and how a turn is taken.

Other work on a machine slows everything by some factor for some seconds. So engines take
turns of about a tenth of a second each, only CPU time counts, and figures are medians of the
ratios within a round.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from benchmarks.merge import equality
from benchmarks.merge.templates import SAMPLES, Record, Sample, Syntax

ROOT: Final = Path(__file__).parents[2]
BASELINE: Final = "docxtpl"
OURS: Final = ("zlib", "isal")
RECORDS: Final = 20
_HERE: Final = Path(__file__).parent
_NODE: Final[dict[str, tuple[Syntax, tuple[str, ...]]]] = {
    "easy-template-x": ("mustache", ("easy-template-x",)),
    "docxtemplater": ("mustache", ("docxtemplater", "pizzip")),
    "carbone": ("carbone", ("carbone",)),
}
_TURN_SECONDS: Final = 0.1


class NotThere(Exception):
    """A peer could not be installed or started; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """How to start an engine. `is_ours` are held to canonical XML, peers to their words."""

    name: str
    command: tuple[str, ...]
    syntax: Syntax = "jinja"
    version: str = ""
    is_ours: bool = False


class Worker:
    """A running engine."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
        self.process = subprocess.Popen(
            engine.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
        )

    def load(self, name: str, docx: bytes, records: Sequence[Record]) -> None:
        """Give the worker a template and the records that fill it."""
        template = self.folder / f"{name}-{self.engine.syntax}.docx"
        kept = self.folder / f"{name}.json"
        template.write_bytes(docx)
        kept.write_text(json.dumps(records), encoding="utf-8")
        self.ask("load", name=name, docx=str(template), records=str(kept))

    def one(self, name: str, record: int) -> bytes:
        """Fill one record."""
        return base64.b64decode(self.ask("one", name=name, record=record)["docx"])

    def ask(self, do: str, **order: Any) -> dict[str, Any]:
        """Give an order and wait for its answer.

        Raises:
            NotThere: the worker has ended or could not do it.
        """
        try:
            self.process.stdin.write(json.dumps({"do": do, **order}).encode() + b"\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline() or '{"error": "has ended"}')
        except BrokenPipeError:
            answer = {"error": "has ended"}
        if "error" in answer:
            raise NotThere(f"{self.engine.name}: {answer['error']}")
        return answer

    def close(self) -> None:
        """End the worker; a second time does nothing."""
        if self.process.stdin.closed:
            return
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


def own_engines() -> list[Engine]:
    """docxtpl, and our compiled template with either library for deflate."""
    script = str(_HERE / "worker.py")
    return [
        Engine(name=name, command=(sys.executable, script, name), is_ours=name != BASELINE)
        for name in (BASELINE, *OURS)
    ]


def install_peers(folder: Path) -> tuple[list[Engine], dict[str, str]]:
    """Install other engines below `folder`; say of each that is not there why."""
    installed, absent = [], {}
    for name, install in (
        *((name, lambda name=name: _install_node(name, folder)) for name in _NODE),
        ("rust-docxtpl", lambda: _install_rust(folder)),
    ):
        try:
            installed.append(install())
        except (NotThere, subprocess.SubprocessError, OSError) as error:
            absent[name] = str(error).splitlines()[0][:120]
    return installed, absent


def _install_node(name: str, folder: Path) -> Engine:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NotThere("Node.js is not on the path")
    syntax, packages = _NODE[name]
    place = folder / name
    place.mkdir()
    (place / "package.json").write_text("{}")
    _run([npm, "install", "--no-audit", "--no-fund", *packages], place)
    about = json.loads((place / "node_modules" / name / "package.json").read_text())
    return Engine(
        name=name,
        command=(node, str(_HERE / "peers.mjs"), str(place), name),
        syntax=syntax,
        version=about["version"],
    )


def _install_rust(folder: Path) -> Engine:
    """Install in an environment of its own: it has the same import name as docxtpl."""
    place = folder / "rust-docxtpl"
    _run([sys.executable, "-m", "venv", str(place)], folder)
    python = str(place / "bin" / "python")
    _run([python, "-m", "pip", "install", "--quiet", "rust-docxtpl", "jinja2"], folder)
    asked = "from importlib.metadata import version; print(version('rust-docxtpl'))"
    version = _run([python, "-c", asked], folder).strip()
    command = (python, str(_HERE / "worker.py"), "docxtpl")
    return Engine(name="rust-docxtpl", command=command, version=version)


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=180, check=False
    )
    if done.returncode:
        raise NotThere((done.stderr.strip() or done.stdout.strip() or "failed").splitlines()[-1])
    return done.stdout


@contextmanager
def started(engines: Sequence[Engine], folder: Path) -> Iterator[dict[str, Worker]]:
    """Start one worker for each engine, and end them."""
    with ExitStack() as stack:
        workers = {}
        for engine in engines:
            workers[engine.name] = worker = Worker(engine, folder)
            stack.callback(worker.close)
        yield workers


def load(workers: dict[str, Worker], samples: Sequence[Sample]) -> dict[str, str]:
    """Give all workers the samples in their own syntax.

    A worker that cannot start is closed and taken out.

    Returns:
        The reason for each worker that was taken out.
    """
    absent: dict[str, str] = {}
    for sample in samples:
        records = [sample.make_record(seed) for seed in range(RECORDS)]
        for name, worker in list(workers.items()):
            try:
                worker.load(sample.name, sample.draw(worker.engine.syntax), records)
            except NotThere as error:
                absent[name] = str(error)
                workers.pop(name).close()
    return absent


def check(workers: dict[str, Worker], names: Sequence[str], *, fuzzed: int) -> dict[str, str]:
    """Hold every engine to docxtpl's answer, before any figure.

    Ours must be equal in canonical XML of every member, also on `fuzzed` hostile records.
    Peers must have the same words. An engine that differs is closed and taken out of `workers`.

    Returns:
        The reason for each engine that was taken out.
    """
    wrong: dict[str, str] = {}
    for name in names:
        seeds = range(RECORDS) if SAMPLES[name].name != "t3" else (0, 7)
        _compare(workers, name, seeds, wrong)
    for name, share in (("t1", fuzzed // 2), ("t2", fuzzed - fuzzed // 2)):
        if name in names and share:
            _check_fuzzed(workers, SAMPLES[name], share, wrong)
    for name in wrong:
        workers.pop(name).close()
    return wrong


def _check_fuzzed(
    workers: dict[str, Worker], sample: Sample, share: int, wrong: dict[str, str]
) -> None:
    ours = {
        name: worker
        for name, worker in workers.items()
        if worker.engine.is_ours or name == BASELINE
    }
    records = [equality.make_hostile(sample.make_record(seed), seed) for seed in range(share)]
    for record in records:
        if "rows" in record:
            record["rows"] = record["rows"][:4]
    for worker in ours.values():
        worker.load("fuzzed", sample.draw("jinja"), records)
    _compare(ours, "fuzzed", range(share), wrong)


def _compare(
    workers: Mapping[str, Worker], name: str, seeds: Sequence[int], wrong: dict[str, str]
) -> None:
    for seed in seeds:
        right = workers[BASELINE].one(name, seed)
        for engine, worker in workers.items():
            if engine == BASELINE or engine in wrong:
                continue
            try:
                made = worker.one(name, seed)
            except NotThere as error:
                wrong[engine] = f"{name}, record {seed}: {error}"
                continue
            if worker.engine.is_ours:
                found = equality.find_differences(made, right)
            else:
                is_same = equality.read_text(made) == equality.read_text(right)
                found = [] if is_same else ["other words"]
            if found:
                wrong[engine] = f"{name}, record {seed}: {found[0]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What an engine gave on one template; `ratios` are docxtpl's time over its own."""

    engine: str
    milliseconds: float
    ratios: tuple[float, float, float]
    size: int
    rounds: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios within a round."""
        return self.ratios[1]


def race(
    workers: Mapping[str, Worker], name: str, *, rounds: int, do: str = "turn"
) -> dict[str, Figure]:
    """Let the engines take turns and give each its figure."""
    counts = {engine: _count_of_turn(worker, name, do) for engine, worker in workers.items()}
    taken: dict[str, list[float]] = {engine: [] for engine in workers}
    sizes: dict[str, int] = {}
    order = list(workers)
    for at in range(rounds):
        for engine in order[at % len(order) :] + order[: at % len(order)]:
            answer = workers[engine].ask(do, name=name, count=counts[engine])
            taken[engine].append(answer["cpu"] / counts[engine])
            sizes[engine] = answer["bytes"]
    return {
        engine: Figure(
            engine=engine,
            milliseconds=median(times) * 1000,
            ratios=spread([base / time for base, time in zip(taken[BASELINE], times, strict=True)]),
            size=sizes[engine],
            rounds=tuple(times),
        )
        for engine, times in taken.items()
    }


def _count_of_turn(worker: Worker, name: str, do: str) -> int:
    """Warm a worker up and find how many records fill its turn."""
    count = 1
    while True:
        cpu = worker.ask(do, name=name, count=count)["cpu"]
        if cpu > _TURN_SECONDS / 4:
            return max(1, round(count * _TURN_SECONDS / cpu))
        count *= 4


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Give the quartiles and the median between them."""
    if len(values) < 2:
        return (values[0],) * 3
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high
