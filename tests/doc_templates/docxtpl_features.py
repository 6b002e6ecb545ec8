"""Templates that use what docxtpl knows, one thing each, as Word would write them.

Every case is a document of ours, drawn by code, with the values that fill it. Together they
stand for the templates that other people bring.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from docxtpl import Listing, RichText, RichTextParagraph
from jinja2 import DebugUndefined, Environment
from markupsafe import Markup

from benchmarks.merge.package import NAMESPACES, draw_package

SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
ROWS = [
    {"name": "Nguyễn Thuỵ Ưu & con", "sum": 1, "ok": True, "parts": ["a", "b"]},
    {"name": "<Đặng Đức Huệ>", "sum": 2, "ok": False, "parts": []},
    {"name": 'H’Hen "Niê"\nhàng hai', "sum": 3, "ok": True, "parts": ["c"]},
]
HARD = "A & B <i>\"q\" 'q' “q” một\nhai\tba {{ 7*7 }} {% x %} { }"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_GUID = "{28A0092B-C50C-407E-A947-70E740481C1C}"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A template and its values.

    Without `environment` a sandbox that escapes is used.
    """

    name: str
    body: str
    values: Mapping[str, Any] = field(default_factory=dict)
    package: Mapping[str, Any] = field(default_factory=dict)
    environment: Callable[[], Environment] | None = None

    def draw(self) -> bytes:
        """Draw the template."""
        return draw_package(self.body + SECTION, **self.package)


@dataclass(frozen=True)
class Person:
    """An object with an attribute, a property and a method, as callers may hand over."""

    name: str

    @property
    def shout(self) -> str:
        """The name in capitals."""
        return self.name.upper()

    def greet(self, word: str) -> str:
        """A greeting."""
        return f"{word}, {self.name}!"


def r(text: str, *, face: str = "") -> str:
    """Draw a run; `text` is XML."""
    properties = f"<w:rPr>{face}</w:rPr>" if face else ""
    return f"<w:r>{properties}<w:t>{text}</w:t></w:r>"


def p(*runs: str, style: str = "") -> str:
    """Draw a paragraph of runs; what is no run becomes one."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    drawn = "".join(run if run.startswith("<w:") else r(run) for run in runs)
    return f'<w:p w:rsidR="00A77B3E">{properties}{drawn}</w:p>'


def tc(*paragraphs: str, face: str = "") -> str:
    """Draw a cell."""
    drawn = "".join(text if text.startswith("<w:") else p(text) for text in paragraphs)
    return f'<w:tc><w:tcPr><w:tcW w:w="100" w:type="dxa"/>{face}</w:tcPr>{drawn}</w:tc>'


def tr(*cells: str) -> str:
    """Draw a row."""
    drawn = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f'<w:tr w:rsidR="00A77B3E">{drawn}</w:tr>'


def tbl(columns: int, *rows: str) -> str:
    """Draw a table with a grid of so many columns."""
    grid = '<w:gridCol w:w="1000"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def drawing(number: str = "1") -> str:
    """Draw a shape that carries a GUID and a number of its own."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/>'
        f'<wp:docPr id="{number}" name="Hình {number}" descr="a {{b}} c"/>'
        f'<a:graphic xmlns:a="{_A}">'
        f'<a:graphicData uri="x"><a:extLst><a:ext uri="{_GUID}"/></a:extLst></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(content: str) -> str:
    """Draw a text box as Word does: twice, for itself and for older programs."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        f'<wp:extent cx="9" cy="9"/><wp:docPr id="7" name="Hộp"/><a:graphic xmlns:a="{_A}">'
        f'<a:graphicData uri="x"><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData>'
        f"</a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _plain() -> Environment:
    return Environment(autoescape=False)


def _escaping() -> Environment:
    return Environment(autoescape=True)


def _debugging() -> Environment:
    return Environment(autoescape=True, undefined=DebugUndefined)


def _with_filter() -> Environment:
    environment = Environment(autoescape=True)
    environment.filters["money"] = lambda number: f"{number:,}".replace(",", ".")
    environment.globals["office"] = "UBND"
    environment.tests["large"] = lambda number: number > 100
    return environment


def _trimming() -> Environment:
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _rich() -> RichText:
    rich = RichText("đậm & <nghiêng>", bold=True, italic=True, color="#ff0000", size=28)
    rich.add("\ndòng hai\tcột", underline=True, font="eastAsia:Arial", style="Strong1")
    rich.add("\ađoạn mới")
    return rich


def _rich_paragraph() -> RichTextParagraph:
    rich = RichTextParagraph()
    rich.add(RichText("một & hai", bold=True), parastyle="Header")
    rich.add("ba\nbốn")
    return rich


def _each(*tags: str) -> str:
    return "".join(p(tag) for tag in tags)


_COLUMNS = {"cols": ["một", "hai", "ba"], "rows": [["a", "b", "c"], ["d", "e", "f"]]}
_FOOTNOTE = '<w:footnote w:id="1">{}</w:footnote>'
_TYPED = "“a” ‘b’ – … &amp; &lt;"

CASES = [
    Case(name="nothing to fill", body=p("Không có gì & <w:b/>".replace("& <w:b/>", "&amp; &lt;"))),
    Case(name="an empty body", body=""),
    Case(
        name="values of every plain kind",
        body=_each(*(f"{{{{ v{n} }}}}|{{{{v{n}}}}}" for n in range(9))),
        values={
            f"v{n}": value
            for n, value in enumerate(
                [HARD, "", 0, -7, 1.5, True, None, date(2026, 1, 5), Decimal("1.10")]
            )
        },
    ),
    Case(
        name="filters of Jinja",
        body=_each(
            "{{ t|upper }}",
            "{{ t|e }}",
            "{{ t|safe|length }}",
            "{{ none|default('không có') }}",
            "{{ l|join(', ') }}",
            "{{ l|first }}{{ l|last }}{{ l|length }}{{ l|sort|reverse|list }}",
            "{{ n|round(1) }} {{ '%05.1f'|format(n) }}",
            "{{ t|replace('&amp;', 'và')|truncate(12) }}",
            "{{ rows|map(attribute='name')|join('; ') }}",
            "{{ rows|selectattr('ok')|list|length }}",
        ),
        values={"t": "a & b <c>", "l": ["x & y", "<z>"], "n": 3.14159, "rows": ROWS},
    ),
    Case(
        name="expressions",
        body=_each(
            "{{ a + b }} {{ a ~ ' &amp; ' ~ t }}",
            "{{ 'có' if a &gt; b else 'không' }}",
            "{{ a &lt; b and not c }}",
            "{{ d['khoá'] }} {{ d.get('khác', 'thiếu') }}",
            "{{ l[0] }} {{ l[-1] }} {{ l[:1] }}",
            "{% set x = a * 2 %}{{ x }}",
            "{{ range(3)|list }} {{ a in [1, 2] }}",
        ),
        values={"a": 1, "b": 2, "c": False, "t": HARD, "d": {"khoá": "<v>"}, "l": ["đầu", "cuối"]},
        environment=_escaping,
    ),
    Case(
        name="objects with attributes and methods",
        body=_each("{{ who.name }} {{ who.shout }} {{ who.greet('Chào &amp;') }}"),
        values={"who": Person("Ngô <Ánh> & em")},
    ),
    Case(
        name="a mapping's own methods",
        body=p("{%p for key, value in d.items() %}")
        + p("{{ key }}: {{ value }}")
        + p("{%p endfor %}"),
        values={"d": {"một": "1 & 2", "hai": HARD}},
    ),
    Case(
        name="paragraphs under a condition",
        body="".join(
            [
                p("{%p if n == 1 %}"),
                p("một"),
                p("{%p elif n == 2 %}"),
                p("hai {{ t }}"),
                p("{%p else %}"),
                p("ba"),
                p("{%p endif %}"),
                p("{% if n %}trong dòng{% else %}khác{% endif %}"),
            ]
        ),
        values={"n": 2, "t": HARD},
    ),
    Case(
        name="lists in lists",
        body="".join(
            [
                p("{%p for row in rows %}"),
                p("{{ loop.index }}/{{ loop.length }} {{ row.name }}"),
                p("{%p for part in row.parts %}"),
                p("{{ part }}{% if not loop.last %},{% endif %} {{ loop.cycle('x', 'y') }}"),
                p("{%p else %}"),
                p("không có phần nào"),
                p("{%p endfor %}"),
                p("{%p endfor %}"),
            ]
        ),
        values={"rows": ROWS},
    ),
    Case(
        name="rows of a table",
        body=tbl(
            3,
            tr("TT", "Tên", "Số"),
            tr("{%tr for row in rows %}", "", ""),
            tr("{{ loop.index }}", "{{ row.name }}", "{{ row.sum }}"),
            tr("{%tr endfor %}", "", ""),
        ),
        values={"rows": ROWS},
    ),
    Case(
        name="rows of a table, none at all",
        body=tbl(
            2, tr("{%tr for row in rows %}", ""), tr("{{ row }}", "x"), tr("{%tr endfor %}", "")
        )
        + p("sau bảng"),
        values={"rows": []},
    ),
    Case(
        name="rows under conditions in a list",
        body=tbl(
            2,
            tr("đầu", "đầu"),
            tr("{%tr for row in rows %}", ""),
            tr("{%tr if row.ok %}", ""),
            tr("{{ row.name }}", "có"),
            tr("{%tr else %}", ""),
            tr("{{ row.name }}", "không"),
            tr("{%tr endif %}", ""),
            tr("{%tr endfor %}", ""),
        ),
        values={"rows": ROWS},
    ),
    Case(
        name="the only full row under a condition",
        body=tbl(
            3, tr("một"), tr("{%tr if yes %}", "", ""), tr("a", "b", "c"), tr("{%tr endif %}")
        ),
        values={"yes": False},
    ),
    Case(
        name="a row wider than its grid",
        body=tbl(2, tr("a", "b", "{{ t }}")),
        values={"t": HARD},
    ),
    Case(
        name="a grid wider than its rows",
        body=tbl(5, tr("a", "{{ t }}"), tr("c", "d")),
        values={"t": HARD},
    ),
    Case(
        name="a cell that spans columns",
        body=tbl(3, tr(tc("{{ t }}", face='<w:gridSpan w:val="2"/>'), "c"), tr("a", "b", "c")),
        values={"t": HARD},
    ),
    Case(
        name="a table in a cell",
        body=tbl(
            2,
            tr("ngoài", tc(tbl(2, tr("a", "b"), tr("{{ t }}", "d")), p("sau"))),
            tr("{%tr for row in rows %}", ""),
            tr("{{ row.name }}", tc(tbl(1, tr("{{ row.sum }}")), p(""))),
            tr("{%tr endfor %}", ""),
        ),
        values={"t": HARD, "rows": ROWS},
    ),
    Case(
        name="a table that is repeated",
        body=p("{%p for row in rows %}") + tbl(2, tr("{{ row.name }}", "b")) + p("{%p endfor %}"),
        values={"rows": ROWS},
    ),
    Case(
        name="paragraphs in a cell",
        body=tbl(
            2,
            tr(
                "a",
                tc("{%p for row in rows %}", "{{ row.name }}", "{%p endfor %}", "cuối"),
            ),
        ),
        values={"rows": ROWS},
    ),
    Case(
        name="columns from data",
        body=tbl(
            2,
            tr("{%tc for col in cols %}", "{{ col }}", "{%tc endfor %}"),
            tr("{%tr for row in rows %}"),
            tr("{%tc for col in row %}", "{{ col }}", "{%tc endfor %}"),
            tr("{%tr endfor %}"),
        ),
        values=_COLUMNS,
    ),
    Case(
        name="fewer columns than drawn",
        body=tbl(4, tr("{%tc for col in cols %}", "{{ col }}", "{%tc endfor %}")),
        values={"cols": ["một", HARD]},
    ),
    Case(
        name="a span from data",
        body=tbl(
            3,
            tr(tc("{% colspan n %}", "{{ t }}")),
            tr(tc("{% colspan n %}{{ t }}")),
            tr("a", "b", "c"),
        ),
        values={"n": 3, "t": HARD},
    ),
    Case(
        name="colours of cells",
        body=tbl(
            2,
            tr("đầu", "đầu"),
            tr("{%tr for row in rows %}", ""),
            tr(tc("{% cellbg row.bg %}{{ row.name }}", face='<w:shd w:fill="auto"/>'), "x"),
            tr("{%tr endfor %}", ""),
        ),
        values={"rows": [{"name": HARD, "bg": "FF0000"}, {"name": "b", "bg": "00FF00"}]},
    ),
    Case(
        name="cells merged downwards",
        body=tbl(
            2,
            tr("{%tr for row in rows %}", ""),
            tr("{% vm %}{{ title }}", "{{ row.name }}"),
            tr("{%tr endfor %}", ""),
        ),
        values={"rows": ROWS, "title": HARD},
    ),
    Case(
        name="cells merged sideways",
        body=tbl(
            3,
            tr("{%tc for row in rows %}", "{% hm %}{{ title }}", "{%tc endfor %}"),
            tr("a", "b", "c"),
        ),
        values={"rows": ROWS, "title": HARD},
    ),
    Case(
        name="a run taken out",
        body=p(
            r("trước "),
            r("{%r if yes %}"),
            r("có "),
            r("{%r else %}"),
            r("không "),
            r("{%r endif %}"),
        )
        + p("trước {%r if yes %}x{%r endif %} sau"),
        values={"yes": True},
    ),
    Case(
        name="blanks taken out before and after",
        body=p("đầu")
        + p("{%- if yes -%}")
        + p("giữa {{ t }}")
        + p("{%- endif -%}")
        + p("cuối")
        + p("  {{- t -}}  "),
        values={"yes": True, "t": HARD},
    ),
    Case(
        name="tags that Word has cut in runs",
        body=p(r("{"), r("{", face="<w:b/>"), r(" na"), r("me }", face="<w:i/>"), r("}"))
        + p(
            r("{%"),
            '<w:proofErr w:type="spellStart"/>',
            r(" if na"),
            r("me %"),
            r("}có{% end"),
            r("if %}"),
        ),
        values={"name": HARD},
    ),
    Case(
        name="quotes that Word has made curly",
        body=p("{{ d[‘khoá’] }} {{ none|default(“mặc định”) }}"),
        values={"d": {"khoá": HARD}},
    ),
    Case(
        name="text made richer",
        body=p("trước {{r rich }} sau") + p(r("{{r rich }}", face="<w:i/>")) + p("{{p rich_p }}"),
        values={"rich": _rich(), "rich_p": _rich_paragraph()},
    ),
    Case(
        name="text made richer in rows",
        body=tbl(
            2,
            tr("a", "b"),
            tr("{%tr for x in l %}", ""),
            tr("{{r x.t }}", "{{ x.l }}"),
            tr("{%tr endfor %}", ""),
        ),
        values={"l": [{"t": _rich(), "l": Listing("một\nhai & <ba>\abốn\fnăm\tsáu")}] * 2},
    ),
    Case(
        name="a listing with breaks of every kind",
        body=p(r("{{ l }}", face="<w:b/>"), style="Header") + p("trước {{ l }} sau", r("{{ t }}")),
        values={"l": Listing("một\nhai & <ba>\abốn\fnăm\tsáu\n\n\a"), "t": "x\ny\az\fw\tv\r\nu"},
    ),
    Case(
        name="breaks where no text stands",
        body=tbl(1, tr(tc("{% cellbg c %}x")))
        + '<w:p><w:hyperlink w:tooltip="{{ t }}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>',
        values={"c": "FF0000", "t": "một hai"},
    ),
    Case(
        name="comments of a template",
        body=p("trước{# ghi chú {{ x }} #} sau")
        + p("{#p ghi chú cả đoạn #}")
        + tbl(1, tr("{#tr ghi chú cả hàng #}"), tr("còn")),
    ),
    Case(
        name="braces that are no tags",
        body=p("{_{ {_% %_} }_} { } {x} { {{ t }} }"),
        values={"t": "{ } {x}"},
    ),
    Case(
        name="raw blocks and macros",
        body=p("{% raw %}{{ không điền }}{% endraw %}")
        + p("{% macro hai_lan(x) %}{{ x }}-{{ x }}{% endmacro %}{{ hai_lan(t) }}")
        + p("{% with y = t %}{{ y }}{% endwith %}{% filter upper %}chữ{% endfilter %}"),
        values={"t": HARD},
    ),
    Case(
        name="tabs and breaks that the template has itself",
        body=p("một\thai\nba {{ t }}") + "\n  " + p("<w:r><w:tab/><w:t>  x  </w:t><w:br/></w:r>"),
        values={"t": "x"},
    ),
    Case(
        name="markup that the caller vouches for",
        body=p("{{ m }}") + p("{{r run }}") + p("{{p para }}"),
        values={
            "m": Markup("đã &amp; thoát &lt;"),
            "run": Markup("<w:r><w:t>chữ\nhai dòng</w:t></w:r>"),
            "para": Markup("<w:p><w:r><w:t>đoạn</w:t></w:r></w:p>"),
        },
    ),
    Case(
        name="markup with a drawing",
        body=p("{{r pic }}"),
        values={"pic": Markup(drawing("5") + drawing("5"))},
    ),
    Case(
        name="markup with a table wider than its grid",
        body=p("{{p table }}"),
        values={"table": Markup(tbl(1, tr("a", "b")))},
    ),
    Case(
        name="markup with a row wider than the grid",
        body=tbl(1, tr("a"), tr("{{tr row }}")),
        values={"row": Markup(tr("a", "b"))},
    ),
    Case(
        name="markup with a cell more than the grid",
        body=tbl(1, tr("a", "{{tc cell }}")),
        values={"cell": Markup(tc("a") + tc("b"))},
    ),
    Case(
        name="nothing is escaped unless asked",
        body=p("{{ t }} {{ u|e }}") + p("{{r rich }}"),
        values={"t": "không có dấu", "u": HARD, "rich": _rich()},
        environment=_plain,
    ),
    Case(
        name="a value that is not there prints nothing",
        body=p("[{{ missing }}] {% if missing %}có{% else %}không{% endif %}"),
        environment=_escaping,
    ),
    Case(
        name="a value that is not there prints its name",
        body=p("[{{ missing }}] {{ d.missing }}"),
        values={"d": {}},
        environment=_debugging,
    ),
    Case(
        name="filters, tests and names of the caller",
        body=p("{{ n|money }} {{ office }} {% if n is large %}lớn{% endif %}"),
        values={"n": 1234567},
        environment=_with_filter,
    ),
    Case(
        name="blocks trimmed by the caller's environment",
        body=p("{% if yes %}\n  có {{ t }}\n{% endif %}\n cuối"),
        values={"yes": True, "t": HARD},
        environment=_trimming,
    ),
    Case(
        name="drawings numbered anew",
        body=p("a", drawing("3"))
        + p("{%p for n in l %}")
        + p("{{ n }}", drawing("3"))
        + p("{%p endfor %}")
        + p(drawing("3")),
        values={"l": [1, 2, 3]},
    ),
    Case(
        name="drawings that stand still",
        body=p("{{ t }}", drawing("3"), drawing("9")),
        values={"t": HARD},
    ),
    Case(
        name="text boxes",
        body=p("ngoài {{ t }}", text_box(p("trong {{ t }}") + p("{{ u }}"))),
        values={"t": "một\nhai", "u": HARD},
    ),
    Case(
        name="content controls and bookmarks",
        body='<w:sdt><w:sdtPr><w:alias w:val="{{ a }}"/></w:sdtPr><w:sdtContent>'
        + p('<w:bookmarkStart w:id="0" w:name="x"/>', "{{ t }}", '<w:bookmarkEnd w:id="0"/>')
        + "</w:sdtContent></w:sdt>",
        values={"a": 'A & "B"', "t": HARD},
    ),
    Case(
        name="headers and footers",
        body=p("{{ t }}"),
        values={"t": HARD, "rows": ROWS},
        package={
            "headers": [
                p("đầu {{ t }} “x” &amp; ‘y’") + tbl(1, tr("{{ rows[0].name }}")),
                p("không có gì &amp; &lt; “y”"),
                p("{%p for row in rows %}") + p("{{ row.name }}", drawing()) + p("{%p endfor %}"),
            ],
            "footers": [p("chân {{ t }}\tx"), p("{# ghi chú #}trống")],
        },
    ),
    Case(
        name="tabs and braces in a header without tags",
        body=p("x"),
        package={"headers": [p("một\thai\nba {_{ }_} { }")], "footers": [p("\n"), p("a")]},
    ),
    Case(
        name="footnotes",
        body=p("{{ t }}"),
        values={"t": "x", "note": HARD},
        package={"footnotes": _FOOTNOTE.format(p("chú thích {{ note }}"))},
    ),
    Case(
        name="footnotes without tags",
        body=p("{{ t }}"),
        values={"t": "x"},
        package={"footnotes": _FOOTNOTE.format(p(f"chú thích {_TYPED}"))},
    ),
    Case(
        name="properties",
        body=p("x"),
        values={"t": "tên Ưu", "n": 7},
        package={"properties": {"title": "{{ t }}", "subject": "số {{ n }}", "comments": "{x}"}},
    ),
    Case(
        name="properties without tags",
        body=p("{{ t }}"),
        values={"t": "x"},
        package={"properties": {"title": "Tên và chữ", "subject": " cách  hai ", "language": "vi"}},
    ),
    Case(
        name="strange letters in the template itself",
        body=p(
            "\u00a0\u200b\u202e\ufeff\uf0e0\ue000\ue001\ue002 👩‍👧 𝔸 &#x85; &#9; &#10; &#13;{{ t }}"
        ),
        values={"t": "\ue000 \uf020"},
    ),
    Case(
        name="comments, instructions and CDATA of XML",
        body="<!-- ghi chú {x} --><?may {y}?>"
        + p("<w:r><w:t><![CDATA[a & b <c>]]></w:t></w:r>", "{{ t }}"),
        values={"t": HARD},
    ),
    Case(
        name="a namespace declared where it is used",
        body=f'<w:p><w:r><w:t>{{{{ t }}}}</w:t></w:r><x:y xmlns:x="urn:x" x:z="1"/></w:p>'
        f'<m:oMath xmlns:m="{NAMESPACES["m"]}"><m:r><m:t>{{{{ t }}}}</m:t></m:r></m:oMath>',
        values={"t": HARD},
    ),
    Case(
        name="a key with a line break",
        body=p("{%p for key in d %}") + p("{{ key }}") + p("{%p endfor %}"),
        values={"d": {"một\nhai": 1}},
    ),
    Case(
        name="a property that ends in a line break",
        body=p("x"),
        package={"properties": {"comments": "dòng\n"}},
    ),
    Case(
        name="a property that nobody escapes",
        body=p("x"),
        values={"t": "A & B"},
        package={"properties": {"title": "{{ t }}"}},
        environment=_plain,
    ),
    Case(
        name="values that come from calls and constants",
        body=p("{{ f() }} {{ who.greet('x\\ty') }} {{ 'a\\nb' }} {{ l|join('\\n') }}")
        + p("{% set b %}{{ t }}{% endset %}{{ b }}"),
        values={"f": lambda: "x\ny", "who": Person("a\nb\tc"), "l": ["a", "b"], "t": "a\nb & c"},
    ),
    Case(
        name="mappings and lists printed whole",
        body=p("{{ d }} {{ l }} {{ d|tojson }}"),
        values={"d": {"a": "x\ny & z"}, "l": ["a\tb", "<c>"]},
    ),
    Case(
        name="two sections with a footnote",
        body=p("a") + f"<w:p><w:pPr>{SECTION}</w:pPr></w:p>" + p("{{ t }}"),
        values={"t": "A & B"},
        package={"footnotes": _FOOTNOTE.format(p("chú thích {{ t }}"))},
    ),
    Case(
        name="white space between all elements",
        body=(p("{{ t }}") + tbl(1, tr("{{ t }}"))).replace("><", ">\n\t<"),
        values={"t": HARD},
        package={"headers": [p("{{ t }}").replace("><", ">\n  <")]},
    ),
    Case(
        name="cells in content controls",
        body=tbl(
            2,
            "<w:tr><w:sdt><w:sdtPr/><w:sdtContent>"
            + tc("{{ t }}")
            + "</w:sdtContent></w:sdt>"
            + tc("b")
            + "</w:tr>",
        )
        + p("x"),
        values={"t": HARD},
    ),
    Case(
        name="rows in content controls",
        body=tbl(2, f"<w:sdt><w:sdtContent>{tr('{{ t }}', 'b')}</w:sdtContent></w:sdt>") + p("x"),
        values={"t": HARD},
    ),
]
