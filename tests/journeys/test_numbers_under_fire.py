"""Processes that are aborted and killed while they issue: no gap, no duplicate, nothing lost.

The full run, eight processes and a thousand papers, is `python -m benchmarks.issue`.
"""

from pathlib import Path

from benchmarks import issue


def test_killed_and_aborted_processes_leave_a_book_without_gaps(
    database_url: str, tmp_path: Path
) -> None:
    report = issue.run(
        database_url, tmp_path, processes=3, papers=12, abort_rate=0.02, kills=2, seed=7
    )

    assert report.problems == []
    assert report.numbers == 12
    assert report.kills == 2
