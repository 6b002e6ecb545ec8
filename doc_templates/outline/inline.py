"""Emphasis inside a line: `**bold**`, `*italic*`, `***both***`.

A group of one, two or three stars switches italic, bold or both. A switch that is never
switched back, a star between two letters or figures (`2*3`) and a group of four or more
are ordinary text. A backslash before `*`, `|` or another backslash makes it ordinary too;
only `write_runs` puts it there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from doc_templates.outline.model import Run, Runs

ESCAPABLE = frozenset("*|\\")


@dataclass(slots=True, kw_only=True)
class _Stars:
    """A group of `count` stars between the characters `before` and `after`.

    Both are empty strings at the ends of the text.
    """

    count: int
    before: str
    after: str
    switches_bold: bool = False
    switches_italic: bool = False
    opens: bool = False

    @property
    def can_open(self) -> bool:
        within_word = self.count == 1 and self.before.isalnum()
        return self.after != "" and not self.after.isspace() and not within_word

    @property
    def can_close(self) -> bool:
        within_word = self.count == 1 and self.after.isalnum()
        return self.before != "" and not self.before.isspace() and not within_word


def read_runs(raw: str) -> Runs:
    """Read the emphasis of a whole block or cell."""
    tokens = _tokens(raw)
    groups = [token for token in tokens if isinstance(token, _Stars)]
    for group in _pairs([group for group in groups if group.count in (2, 3)]):
        group.switches_bold = True
    for group in _pairs([group for group in groups if group.count in (1, 3)]):
        group.switches_italic = True
    return tidy_runs(_styled(tokens))


def write_runs(runs: Sequence[Run]) -> str:
    """Write runs so that `read_runs` gives the same ones back."""
    plain = Run(text="")
    bounded = [plain, *runs, plain]
    pieces: list[str] = []
    for before, run in pairwise(bounded):
        pieces.append("**" * (before.bold != run.bold) + "*" * (before.italic != run.italic))
        pieces.append(_escaped(run.text))
    return "".join(pieces)


def tidy_runs(runs: Iterable[Run]) -> Runs:
    """Merge equal neighbours, move spaces out of emphasis, trim both ends."""
    spread: list[Run] = []
    for run in _merged(runs):
        core = run.text.strip()
        if not core or not (run.bold or run.italic):
            spread.append(run if core else Run(text=run.text))
            continue
        lead = run.text[: len(run.text) - len(run.text.lstrip())]
        tail = run.text[len(run.text.rstrip()) :]
        spread += [Run(text=lead), replace(run, text=core), Run(text=tail)]
    merged = _merged(spread)
    if merged and (first := merged[0].text.lstrip()) != merged[0].text:
        merged[0] = replace(merged[0], text=first)
    if merged and (last := merged[-1].text.rstrip()) != merged[-1].text:
        merged[-1] = replace(merged[-1], text=last)
    return tuple(run for run in merged if run.text)


def cut_out(runs: Sequence[Run], words: str) -> Runs:
    """Take the first occurrence of `words` out of the runs, with the spaces after it."""
    text = "".join(run.text for run in runs)
    start = text.find(words)
    if start < 0:
        return tidy_runs(runs)
    rest = text[start + len(words) :]
    return cut_span(runs, start, len(text) - len(rest.lstrip()))


def cut_span(runs: Sequence[Run], start: int, end: int) -> Runs:
    """Take the characters from `start` up to, not including, `end` out of the runs."""
    kept: list[Run] = []
    offset = 0
    for run in runs:
        left = run.text[: max(0, start - offset)]
        right = run.text[max(0, end - offset) :]
        kept.append(replace(run, text=left + right))
        offset += len(run.text)
    return tidy_runs(kept)


def split_cells(raw: str) -> list[str]:
    """Cut a line at its bars, leaving alone the bars made ordinary by a backslash."""
    cells = [""]
    position = 0
    while position < len(raw):
        step = 2 if _is_escape(raw, position) else 1
        if raw[position] == "|":
            cells.append("")
        else:
            cells[-1] += raw[position : position + step]
        position += step
    return cells


def _is_escape(raw: str, position: int) -> bool:
    return raw[position] == "\\" and raw[position + 1 : position + 2] in ESCAPABLE


def _tokens(raw: str) -> list[str | _Stars]:
    """Letters (escapes resolved) and groups of stars, in order."""
    letters: list[tuple[str, bool]] = []
    position = 0
    while position < len(raw):
        if _is_escape(raw, position):
            letters.append((raw[position + 1], False))
            position += 2
        else:
            letters.append((raw[position], raw[position] == "*"))
            position += 1
    tokens: list[str | _Stars] = []
    position = 0
    while position < len(letters):
        end = position
        while end < len(letters) and letters[end][1]:
            end += 1
        if end == position:
            tokens.append(letters[position][0])
            position += 1
            continue
        before = letters[position - 1][0] if position else ""
        after = letters[end][0] if end < len(letters) else ""
        tokens.append(_Stars(count=end - position, before=before, after=after))
        position = end
    return tokens


def _pairs(groups: Sequence[_Stars]) -> list[_Stars]:
    """The groups that switch one emphasis on and off again, in order."""
    switching: list[_Stars] = []
    opener: _Stars | None = None
    for group in groups:
        if opener is None:
            opener = group if group.can_open else None
        elif group.can_close:
            opener.opens = True
            switching += [opener, group]
            opener = None
    return switching


def _styled(tokens: Sequence[str | _Stars]) -> list[Run]:
    runs: list[Run] = []
    letters: list[str] = []
    bold = italic = False
    for token in tokens:
        if isinstance(token, str):
            letters.append(token)
            continue
        left_over = "*" * (token.count - 2 * token.switches_bold - token.switches_italic)
        if token.opens:
            letters.append(left_over)
        runs.append(Run(text="".join(letters), bold=bold, italic=italic))
        letters = [] if token.opens else [left_over]
        bold ^= token.switches_bold
        italic ^= token.switches_italic
    runs.append(Run(text="".join(letters), bold=bold, italic=italic))
    return runs


def _merged(runs: Iterable[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = merged[-1] if merged else None
        if last and (last.bold, last.italic) == (run.bold, run.italic):
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return merged


def _escaped(text: str) -> str:
    """Put a backslash where a star, a bar or a backslash could be taken for a sign."""
    pieces: list[str] = []
    for position, letter in enumerate(text):
        beside = (text[position - 1] if position else "", text[position + 1 : position + 2])
        idle = letter == "*" and (
            all(side.isalnum() for side in beside) or all(side.isspace() for side in beside)
        )
        pieces.append("\\" + letter if letter in ESCAPABLE and not idle else letter)
    return "".join(pieces)
