"""Processes that are aborted and killed while they issue: no gap, no duplicate, nothing lost.

The full run, eight processes and a thousand papers, is `python -m benchmarks.issue`.
"""

from pathlib import Path

import pytest

from benchmarks import issue


@pytest.mark.slow
def test_killed_and_aborted_processes_leave_a_book_without_gaps(
    database_url: str, tmp_path: Path
) -> None:
    report = issue.run(
        database_url, tmp_path, processes=4, papers=24, abort_rate=0.02, kills=3, seed=7
    )

    assert report.problems == []
    assert report.numbers == 24
    assert report.kills == 3
