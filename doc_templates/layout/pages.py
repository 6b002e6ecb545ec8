"""Flows strips over pages: what stays together, what may be cut, what is repeated."""

from collections.abc import Callable
from typing import Final

from doc_templates.layout.display import Layout, Page
from doc_templates.layout.painting import Brush
from doc_templates.layout.rows import TOLERANCE, RowFlow
from doc_templates.layout.setting import Setter
from doc_templates.layout.strips import (
    LEAST_LINES,
    ParagraphStrip,
    Strip,
    TableStrip,
    gap_between,
    lead_of,
)
from doc_templates.reading.findings import Findings
from doc_templates.reading.model import Frame, Paper, Section
from doc_templates.reading.numbering import write_number

MOST_PAGES: Final = 5_000

TooMany = Callable[[], None]


class Pager:
    """Lays one paper out; `flow` once, with the count of pages when a paper prints it."""

    def __init__(self, paper: Paper, setter: Setter, too_many: TooMany) -> None:
        self._paper = paper
        self.setter = setter
        self._too_many = too_many
        self.layout = Layout([], media=paper.media, title=paper.title, author=paper.author)
        self.section = paper.sections[0]
        self.brush: Brush = Brush(Page(0, 0, 0), 0, self.section, setter, [])
        self.y = self.top = self.bottom = 0.0
        self._number = 0
        self._is_first_of_section = True
        self._strips: list[Strip] = []
        #: What was placed last, on whatever page.
        self._before_page: Strip | None = None
        #: The gap above the first strip of a page counts only after a break that was asked for.
        self._keeps_gap = True
        self.is_at_top = True

    @property
    def left(self) -> float:
        """Where the column of text begins."""
        return self.section.left

    @property
    def width(self) -> float:
        """How wide the column of text is."""
        return max(self.section.width - self.section.left - self.section.right, 10.0)

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.y + TOLERANCE

    def flow(self) -> Layout:
        """Lay all sections out."""
        for place, section in enumerate(self._paper.sections):
            self._begin_section(section, is_first=place == 0)
            self._flow_blocks(section)
        self._close_page()
        return self.layout

    def _begin_section(self, section: Section, *, is_first: bool) -> None:
        before = self.section
        self.section = section
        same_page = (section.width, section.height) == (before.width, before.height)
        if not is_first and section.starts == "continuous" and same_page:
            self.brush.section = section
            return
        if section.first_number is not None:
            self._number = section.first_number - 1
        if not is_first:
            self._close_page()
        self._is_first_of_section = True
        if section.starts in {"oddPage", "evenPage"} and not is_first:
            is_odd = (self._number + 1) % 2 == 1
            if is_odd != (section.starts == "oddPage"):
                self._open_page()
                self._close_page()
        self._open_page()
        self._keeps_gap = True

    def new_page(self, *, hard: bool) -> None:
        """Go on with the next page; `hard` for a break that the paper asks for."""
        self._close_page()
        self._open_page()
        self._keeps_gap = hard

    def _open_page(self) -> None:
        if len(self.layout.pages) >= MOST_PAGES:
            self._too_many()
        section = self.section
        self._number += 1
        page = Page(section.width, section.height, self._number)
        self.layout.pages.append(page)
        index = len(self.layout.pages) - 1
        self.brush = Brush(page, index, section, self.setter, self.layout.boxes)
        shown = write_number(self._number, section.number_format, Findings())
        self.setter.numbers["PAGE"] = shown
        self._draw_frames(section)
        self.y = self.brush.body_top = self.top
        self.is_at_top = True
        self._is_first_of_section = False

    def _close_page(self) -> None:
        self.brush.finish()

    def _draw_frames(self, section: Section) -> None:
        """Draw header and footer; the text begins and ends where they leave room."""
        self.top, self.bottom = abs(section.top), section.height - abs(section.bottom)
        header = self._frame_of(section.headers)
        footer = self._frame_of(section.footers)
        if header is not None:
            stack = self.setter.stack(header.blocks, self.width)
            self.brush.stack(stack, self.left, section.header)
            if section.top >= 0:
                self.top = max(self.top, section.header + stack.height)
        if footer is not None:
            stack = self.setter.stack(footer.blocks, self.width)
            y = section.height - section.footer - stack.height
            self.brush.stack(stack, self.left, y)
            if section.bottom >= 0:
                self.bottom = min(self.bottom, y)

    def _frame_of(self, frames: dict[str, Frame]) -> Frame | None:
        if self.section.title_page and self._is_first_of_section:
            return frames.get("first")
        if self._paper.even_and_odd and self._number % 2 == 0:
            return frames.get("even")
        return frames.get("default")

    def _flow_blocks(self, section: Section) -> None:
        strips = self._strips = [self.setter.strip(block, self.width) for block in section.blocks]
        self.setter.settle(strips, is_first=section is self._paper.sections[0])
        for place, strip in enumerate(strips):
            above = strips[place - 1] if place else None
            if isinstance(strip, ParagraphStrip):
                self._place_paragraph(strip, above, place)
            else:
                self._place_table(strip, above, place)

    def _gap(self, above: Strip | None, strip: Strip) -> float:
        if not self.is_at_top:
            return gap_between(above, strip, adds=self.setter.adds_gaps)
        if not self._keeps_gap or not isinstance(strip, ParagraphStrip):
            return 0.0
        # After a break that was asked for, the gap is what it is more than that of the paragraph
        # before, as if no page lay between.
        before = self._before_page
        if not isinstance(before, ParagraphStrip):
            return strip.before
        if strip.style.contextual and before.style.style == strip.style.style:
            return 0.0
        return max(strip.before - before.after, 0.0)

    def _place_paragraph(self, strip: ParagraphStrip, above: Strip | None, place: int) -> None:
        if strip.style.page_break_before and not self.is_at_top:
            self.new_page(hard=True)
        gap = self._gap(above, strip)
        strip.lead = lead_of(above, strip, gap)
        begins_chain = strip.style.keep_next and not _keeps_next(above)
        if begins_chain and not self.is_at_top and not self._chain_fits(place, gap):
            self.new_page(hard=False)
            gap = self._gap(above, strip)
        self._before_page = strip
        self._place_lines(strip, gap)

    def _place_lines(self, strip: ParagraphStrip, gap: float) -> None:
        start, count = 0, len(strip.lines)
        while start < count:
            end = start + self._lines_that_fit(strip, start, gap)
            if end == start:
                self.new_page(hard=False)
                gap = self._gap(None, strip) if start == 0 else 0.0
                continue
            self._draw_lines(strip, start, end, gap)
            ended = strip.lines[end - 1].ends
            if ended in {"page", "column"}:
                self.new_page(hard=True)
            elif end < count:
                self.new_page(hard=False)
            start, gap = end, 0.0

    def _lines_that_fit(self, strip: ParagraphStrip, start: int, gap: float) -> int:
        """Give how many of the lines from `start` go on this page; at its top, at least one."""
        lines = strip.lines
        until = next(
            (i + 1 for i in range(start, len(lines)) if lines[i].ends in {"page", "column"}),
            len(lines),
        )
        room = self.room - gap - (strip.pad_top if start == 0 else 0.0)
        used, fits = 0.0, 0
        for place in range(start, until):
            line = lines[place]
            closing = strip.pad_bottom if place == len(lines) - 1 else 0.0
            if used + line.height - line.surplus + closing > room:
                break
            used += line.height
            fits += 1
        rest = until - start
        if fits == rest:
            return fits
        allowed = _allowed(strip, fits, rest, is_start=start == 0)
        if allowed == 0 and self.is_at_top:
            return max(fits, 1)
        return allowed

    def _draw_lines(self, strip: ParagraphStrip, start: int, end: int, gap: float) -> None:
        self.y += gap
        top = self.y
        is_first, is_last = start == 0, end == len(strip.lines)
        if is_first:
            self.y += strip.pad_top
        anchor = top - (strip.lead if not self.is_at_top else gap) if is_first else self.top
        for index in range(start, end):
            self.brush.line(strip, index, self.left, self.y, anchor)
            self.y += strip.lines[index].height
        if is_last:
            self.y += strip.pad_bottom
        ends = ("" if is_first else "t") + ("" if is_last else "b")
        self.brush.paragraph_frame(strip, self.left, top, self.y, ends=ends)
        self.brush.note_box(strip, self.left, top, self.y - top)
        self.is_at_top = False

    def _chain_fits(self, place: int, gap: float) -> bool:
        """Tell whether a paragraph fits with all that it is kept with; what is longer than a
        page is not kept."""
        needed = self.chain_height(place)
        return gap + needed <= self.room or needed > self.bottom - self.top

    def chain_height(self, place: int) -> float:
        """Give the room for the strips from `place` on that stay together, with the beginning
        of the strip that ends the chain."""
        strips = self._strips
        height = 0.0
        above: Strip | None = None
        for index in range(place, len(strips)):
            strip = strips[index]
            if above is not None:
                height += gap_between(above, strip, adds=self.setter.adds_gaps)
            if isinstance(strip, TableStrip):
                if not all(row.keeps for row in strip.rows):
                    return height + RowFlow(self, strip, index).height_of_first()
                height += strip.height
            elif strip.style.keep_next:
                height += strip.height
            else:
                return height + strip.height_of_first(strip.least_lines)
            above = strip
        return height

    def _place_table(self, strip: TableStrip, above: Strip | None, place: int) -> None:
        self.y += self._gap(above, strip)
        self._before_page = strip
        RowFlow(self, strip, place).flow()

    def follows(self, place: int) -> bool:
        """Tell whether a strip comes after this one in the section."""
        return place + 1 < len(self._strips)


def _keeps_next(strip: Strip | None) -> bool:
    if isinstance(strip, ParagraphStrip):
        return strip.style.keep_next
    return strip is not None and strip.rows[-1].keeps


def _allowed(strip: ParagraphStrip, fits: int, rest: int, *, is_start: bool) -> int:
    """Give how many lines may stand before a break so that none is left alone."""
    style = strip.style
    if style.keep_lines and is_start:
        return 0
    if not style.widow_control:
        return fits
    if rest - fits < LEAST_LINES:
        fits = rest - LEAST_LINES
    if is_start and fits < LEAST_LINES:
        return 0
    return max(fits, 0)
