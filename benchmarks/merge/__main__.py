"""Merging at the speed of the paper: the compiled template against docxtpl and its peers.

    python -m benchmarks.merge                 gate, four templates, all promises
    python -m benchmarks.merge --peers         with other engines, installed for the run
    python -m benchmarks.merge --limit         only: distance to the limit and to Jinja
    python -m benchmarks.merge --stages        only: where the time of a render goes
    python -m benchmarks.merge --main t1 t2    only: these templates

Only ratios of one run mean anything: see `engines`. The result is appended to a history, and
the run fails when an engine of ours gave another answer than docxtpl or a ratio fell below
60 % of the last run's.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.merge import engines, limits, promises, report
from benchmarks.merge.templates import SAMPLES


def main() -> int:
    """Run what was asked for and print its tables; 1 when an answer or a ratio is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peers", action="store_true", help="install and measure other engines")
    parser.add_argument("--limit", action="store_true", help="only the distance to the limit")
    parser.add_argument("--stages", action="store_true", help="only the stages of a render")
    parser.add_argument("--main", nargs="*", choices=list(SAMPLES), help="only these templates")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--fuzz", type=int, default=200, help="hostile records before any timing")
    parser.add_argument(
        "--history", type=Path, default=engines.ROOT / "var" / "benchmarks" / "merge.jsonl"
    )
    arguments = parser.parse_args()
    if arguments.limit or arguments.stages:
        found = report.Report(arguments.rounds, report.list_versions({}))
        _measure_inside(found, limit=arguments.limit, stages=arguments.stages)
        report.write(report.to_markdown(found))
        return 0
    with tempfile.TemporaryDirectory(prefix="trinhky-merge-") as name:
        found = _measure(arguments, Path(name))
    fallen = report.append(found, arguments.history)
    report.write(report.to_markdown(found))
    for ratio in fallen:
        report.write(f"FALLEN below {report.KEPT_SHARE:.0%} of the last run: {ratio}\n")
    return 1 if fallen or set(found.wrong) & set(engines.OURS) else 0


def _measure(arguments: argparse.Namespace, folder: Path) -> report.Report:
    chosen = engines.own_engines()
    absent: dict[str, str] = {}
    if arguments.peers:
        peers, absent = engines.install_peers(folder)
        chosen += peers
    found = report.Report(
        arguments.rounds,
        report.list_versions({one.name: one.version for one in chosen if one.version}),
        fuzzed=arguments.fuzz,
        absent=absent,
    )
    names = arguments.main or list(SAMPLES)
    with engines.started(chosen, folder) as workers:
        absent |= engines.load(workers, [SAMPLES[name] for name in names])
        found.wrong = engines.check(workers, names, fuzzed=arguments.fuzz)
        for name in names:
            found.main[name] = engines.race(workers, name, rounds=arguments.rounds)
        if arguments.main is None:
            _measure_promises(found, chosen, workers, folder)
    if arguments.main is None:
        _measure_inside(found, limit=True, stages=True)
        found.forms = promises.measure_own_forms(rounds=arguments.rounds)
    return found


def _measure_promises(
    found: report.Report,
    chosen: list[engines.Engine],
    workers: dict[str, engines.Worker],
    folder: Path,
) -> None:
    ours = {name: worker for name, worker in workers.items() if name in ("docxtpl", *engines.OURS)}
    if len(ours) < 3:
        return  # an engine of ours gave a wrong answer: nothing else is worth measuring
    two = {name: worker for name, worker in ours.items() if name != "isal"}
    for name in ("t1", "t2", "t4"):
        found.cold[name] = promises.race_cold(two, name, rounds=min(found.rounds, 7))
    found.pictures, wrong = promises.race_pictures(ours, rounds=min(found.rounds, 9))
    found.wrong |= wrong
    found.bulk = promises.measure_bulk(chosen, ours, folder, rounds=3)
    for name in ("t2", "t3"):
        found.peaks[name] = {
            engine.name: promises.measure_peak(engine, folder, SAMPLES[name])
            for engine in chosen
            if engine.name in workers
        }


def _measure_inside(found: report.Report, *, limit: bool, stages: bool) -> None:
    for name, sample in SAMPLES.items():
        if limit:
            found.distances[name] = limits.measure_distance(sample, rounds=found.rounds)
        if stages:
            found.stages[name] = limits.measure_stages(sample, rounds=min(found.rounds, 9))


if __name__ == "__main__":
    sys.exit(main())
