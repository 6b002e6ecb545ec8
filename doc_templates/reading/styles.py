"""Effective properties: document defaults, table style, paragraph style, list, direct.

Each layer is laid over the one before. A sheet belongs to one styles part and is shared by all
files that hold the same bytes, so what was worked out for one paper serves the next.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from doc_templates.reading.findings import Findings
from doc_templates.reading.model import ParagraphStyle, RunStyle, TabStop
from doc_templates.reading.names import W, child, local, value_of
from doc_templates.reading.package import parse
from doc_templates.reading.properties import Layer, read_paragraph, read_run
from doc_templates.reading.theme import Theme, read_theme

#: A chain of styles longer than this is a circle or a joke.
_LONGEST_CHAIN: Final = 40
_MOST_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Style:
    """One style as it is written; `parents` begins with itself and ends at the root."""

    kind: str
    element: etree._Element
    based_on: str


@dataclass(slots=True)
class Sheet:
    """The styles of one file, with what was worked out of them."""

    theme: Theme
    run_defaults: Layer
    paragraph_defaults: Layer
    styles: dict[str, Style]
    default_paragraph: str
    default_table: str
    unknown: tuple[str, ...] = ()
    _layers: dict[tuple[str, str], tuple[Layer, Layer, tuple[str, ...]]] = field(
        default_factory=dict
    )
    _numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    _paragraphs: dict[Any, tuple[ParagraphStyle, tuple[str, ...]]] = field(default_factory=dict)
    _runs: dict[Any, tuple[RunStyle, tuple[str, ...]]] = field(default_factory=dict)

    def chain(self, style_id: str) -> list[Style]:
        """Give a style and those it is based on, the root first; circles are cut."""
        found: list[Style] = []
        seen: set[str] = set()
        while style_id in self.styles and style_id not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style_id)
            style = self.styles[style_id]
            found.append(style)
            style_id = style.based_on
        return found[::-1]

    def layers_of(self, style_id: str, kind: str) -> tuple[Layer, Layer, tuple[str, ...]]:
        """Give what a style sets: run properties, paragraph properties, unknown constructs."""
        key = (style_id, kind)
        if key not in self._layers:
            refused: list[str] = []
            run: Layer = {}
            paragraph: Layer = {}
            for style in self.chain(style_id):
                if style.kind != kind:
                    continue
                if (element := child(style.element, "rPr")) is not None:
                    run.update(read_run(element, self.theme, refused.append))
                if (element := child(style.element, "pPr")) is not None:
                    overlay(paragraph, read_paragraph(element, self.theme, refused.append))
            self._layers[key] = (run, paragraph, tuple(dict.fromkeys(refused)))
        return self._layers[key]

    def number_of(self, style_id: str) -> tuple[str, str]:
        """Give the list and level that a paragraph style names; "" where it names none."""
        found = self._numbers.get(style_id)
        if found is None:
            found = self._numbers[style_id] = self._find_number(style_id)
        return found

    def _find_number(self, style_id: str) -> tuple[str, str]:
        number, level = "", ""
        for style in self.chain(style_id):
            properties = child(child(style.element, "pPr"), "numPr")
            if properties is not None:
                number = value_of(properties, "numId", number)
                level = value_of(properties, "ilvl", level)
        return number, level

    def indents_after_number(self, style_id: str) -> Layer:
        """Give the indents that a style sets at or after the place where it names its list."""
        layer: Layer = {}
        is_named = False
        for style in self.chain(style_id):
            properties = child(style.element, "pPr")
            is_named = is_named or child(properties, "numPr") is not None
            if is_named and (element := child(properties, "ind")) is not None:
                set_here = read_paragraph(_wrap(element), self.theme, _pass_over)
                layer.update(set_here)
        return layer

    def paragraph(
        self,
        style_id: str,
        direct: etree._Element | None,
        *,
        table: Layer | None,
        number: Layer | None,
        findings: Findings,
    ) -> ParagraphStyle:
        """Give the effective style of a paragraph.

        `table` is what the table's style sets for paragraphs here, `number` the indents and
        tabs of the list's level.
        """
        key = (style_id, key_of(direct), _frozen(table), _frozen(number))
        if key not in self._paragraphs:
            refused: list[str] = []
            layer = dict(self.paragraph_defaults)
            if table:
                overlay(layer, table)
            _, own, unknown = self.layers_of(style_id, "paragraph")
            refused += unknown
            overlay(layer, own)
            if number:
                overlay(layer, number)
            if direct is not None:
                overlay(layer, read_paragraph(direct, self.theme, refused.append))
            made = _make_paragraph(style_id, layer)
            _trim(self._paragraphs)
            self._paragraphs[key] = (made, tuple(dict.fromkeys(refused)))
        style, unknown = self._paragraphs[key]
        for construct in unknown:
            findings.refuse(construct)
        return style

    def run(
        self,
        style_id: str,
        direct: etree._Element | None,
        *,
        table: Layer | None,
        findings: Findings,
        number: etree._Element | None = None,
    ) -> RunStyle:
        """Give the effective style of a run in a paragraph of this style.

        `number` are properties that a list's level lays over those of the paragraph's mark.
        """
        key = (style_id, key_of(direct), _frozen(table), key_of(number))
        if key not in self._runs:
            refused: list[str] = []
            layer = dict(self.run_defaults)
            if table:
                layer.update(table)
            own, _, unknown = self.layers_of(style_id, "paragraph")
            refused += unknown
            layer.update(own)
            character = value_of(direct, "rStyle")
            if character:
                own, _, unknown = self.layers_of(character, "character")
                refused += unknown
                layer.update(own)
            for element in (direct, number):
                if element is not None:
                    layer.update(read_run(element, self.theme, refused.append))
            _trim(self._runs)
            self._runs[key] = (RunStyle(**layer), tuple(dict.fromkeys(refused)))
        style, unknown = self._runs[key]
        for construct in unknown:
            findings.refuse(construct)
        return style


def overlay(under: Layer, over: Layer) -> None:
    """Lay paragraph properties over others; tab stops join, a cleared one goes."""
    stops = {**under.get("tabs", {}), **over.get("tabs", {})}
    # A hanging indent of a higher layer takes the first-line indent's place, and the reverse.
    under.update(over)
    if stops:
        under["tabs"] = stops


def _make_paragraph(style_id: str, layer: Layer) -> ParagraphStyle:
    values = dict(layer)
    stops = [stop for stop in values.pop("tabs", {}).values() if stop is not None]
    tabs: tuple[TabStop, ...] = tuple(sorted(stops, key=lambda stop: stop.at))
    return ParagraphStyle(style=style_id, tabs=tabs, **values)


def _wrap(element: etree._Element) -> etree._Element:
    wrapper = etree.Element(f"{W}pPr")
    wrapper.append(etree.fromstring(etree.tostring(element)))
    return wrapper


def _pass_over(_construct: str) -> None:
    """Pass over what is refused elsewhere."""


def key_of(element: etree._Element | None) -> Any:
    """Give what an element says as a value: its tree in order, with counts of children."""
    if element is None:
        return None
    return tuple([(one.tag, len(one), *one.attrib.items()) for one in element.iter()])


def _frozen(layer: Layer | None) -> Any:
    if not layer:
        return None
    return tuple(
        (name, tuple(value.items()) if isinstance(value, dict) else value)
        for name, value in layer.items()
    )


def _trim(remembered: dict[Any, Any]) -> None:
    if len(remembered) >= _MOST_REMEMBERED:
        remembered.clear()


@lru_cache(maxsize=64)
def read_sheet(styles: bytes, theme: bytes) -> Sheet:
    """Read a styles part (b"" for none) with the theme it names.

    Raises:
        PaperUnreadable: one of them is no XML.
    """
    read = read_theme(theme)
    refused: list[str] = []
    found: dict[str, Style] = {}
    run_defaults: Layer = {}
    paragraph_defaults: Layer = {"widow_control": True}
    defaults = {"paragraph": "", "table": ""}
    root = parse(styles) if styles else etree.Element(f"{W}styles")
    document = child(root, "docDefaults")
    run = child(child(document, "rPrDefault"), "rPr")
    if run is not None:
        run_defaults.update(read_run(run, read, refused.append))
    paragraph = child(child(document, "pPrDefault"), "pPr")
    if paragraph is not None:
        overlay(paragraph_defaults, read_paragraph(paragraph, read, refused.append))
    for element in root:
        if local(element) == "style":
            kind = element.get(f"{W}type", "paragraph")
            style_id = element.get(f"{W}styleId", "")
            found[style_id] = Style(kind, element, value_of(element, "basedOn"))
            if element.get(f"{W}default") in {"1", "true", "on"} and kind in defaults:
                defaults[kind] = style_id
    return Sheet(
        theme=read,
        run_defaults=run_defaults,
        paragraph_defaults=paragraph_defaults,
        styles=found,
        default_paragraph=defaults["paragraph"],
        default_table=defaults["table"],
        unknown=tuple(refused),
    )
