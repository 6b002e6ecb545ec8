"""Compares the words of two PDFs of one paper: pages, lines, places."""

import difflib
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.fidelity.words import Word

#: What is looked at of a page to tell where it begins and ends.
_FIRST, _LAST = 6, 3
#: A line begins where a word stands on another baseline than the one before, or further left.
_SAME_BASELINE_PT: Final = 1.5
Pages = Sequence[Sequence[Word]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """What two layouts share; counts of the reference, distances in points."""

    pages: int
    reference_pages: int
    breaks: int
    equal_breaks: int
    lines: int
    equal_lines: int
    words: int
    matched: int
    same_words_pages: int
    median: float
    p95: float

    @property
    def line_share(self) -> float:
        """How many line starts are the same."""
        return self.equal_lines / self.lines if self.lines else 1.0


def compare(ours: Pages, reference: Pages) -> Nearness:
    """Compare our pages with those of the reference."""
    breaks = max(len(reference) - 1, 0)
    equal = sum(
        _edges(ours[place]) == _edges(reference[place])
        for place in range(1, min(len(ours), len(reference)))
    )
    distances: list[float] = []
    same = 0
    for mine, theirs in zip(ours, reference, strict=False):
        distances += _distances(mine, theirs)
        same += _letters(mine) == _letters(theirs)
    lines, equal_lines = _line_starts(ours, reference)
    ordered = sorted(distances)
    return Nearness(
        pages=len(ours),
        reference_pages=len(reference),
        breaks=breaks,
        equal_breaks=equal,
        lines=lines,
        equal_lines=equal_lines,
        words=sum(len(page) for page in reference),
        matched=len(ordered),
        same_words_pages=same,
        median=statistics.median(ordered) if ordered else 0.0,
        p95=ordered[int(len(ordered) * 0.95)] if ordered else 0.0,
    )


def _letters(page: Sequence[Word]) -> Counter[str]:
    """Count the letters of a page: where one word ends depends on how it is drawn."""
    return Counter("".join(word.text for word in page))


def _edges(page: Sequence[Word]) -> tuple[str, str]:
    """Give the first and the last words as an eye finds them: from above, from the left."""
    seen = sorted(page, key=lambda word: (round(word.y / _SAME_BASELINE_PT), word.x))
    first = "".join(word.text for word in seen[:_FIRST])
    return first[:12], "".join(word.text for word in seen[-_LAST:])[-8:]


def _distances(ours: Sequence[Word], reference: Sequence[Word]) -> list[float]:
    """Match each word to the nearest of the same text on the page; give how far it is."""
    by_text: dict[str, list[Word]] = defaultdict(list)
    for word in reference:
        by_text[word.text].append(word)
    found = []
    for word in ours:
        others = by_text.get(word.text)
        if others:
            nearest = min(others, key=lambda o: abs(o.x - word.x) + abs(o.y - word.y))
            others.remove(nearest)
            found.append(((nearest.x - word.x) ** 2 + (nearest.y - word.y) ** 2) ** 0.5)
    return found


def _line_starts(ours: Pages, reference: Pages) -> tuple[int, int]:
    mine, theirs = _starts(ours), _starts(reference)
    matcher = difflib.SequenceMatcher(a=theirs, b=mine, autojunk=False)
    return len(theirs), sum(block.size for block in matcher.get_matching_blocks())


def _starts(pages: Pages) -> list[str]:
    """Give the first letters of each line of a paper."""
    starts = []
    for page in pages:
        before: Word | None = None
        for place, word in enumerate(page):
            if before is None or abs(word.y - before.y) > _SAME_BASELINE_PT or word.x < before.x:
                following = "".join(one.text for one in page[place : place + 3])
                starts.append(following[:8])
            before = word
    return starts
