"""Draws the package around a body: the members that Word writes beside document.xml."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Final

NAMESPACES: Final = {
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "w16cid": "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "w16": "http://schemas.microsoft.com/office/word/2018/wordml",
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROOT: Final = (
    " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    + ' mc:Ignorable="w14 w15 w16se w16cid w16 wp14"'
)
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = NAMESPACES["r"]
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CLOCK: Final = (2026, 1, 5, 8, 0, 0)


def draw_package(
    body: str,
    *,
    headers: Sequence[str] = (),
    footers: Sequence[str] = (),
    footnotes: str = "",
    properties: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
) -> bytes:
    """Draw a .docx around the content of `<w:body>`.

    `headers`, `footers` and `footnotes` are the content of their roots; header n is bound
    as `rIdH{n}`, footer n as `rIdF{n}`, medium n as `rIdM{n}`, each counted from 1.
    """
    parts = {"document": f"<w:document {_ROOT}><w:body>{body}</w:body></w:document>"}
    bound = [(f"rIdS{n}", kind, f"{kind}.xml") for n, kind in enumerate(_SIDE_PARTS, 1)]
    bound.append(("rIdT1", "theme", "theme/theme1.xml"))
    for tag, kind, contents in (("hdr", "header", headers), ("ftr", "footer", footers)):
        for n, content in enumerate(contents, 1):
            parts[f"{kind}{n}"] = f"<w:{tag} {_ROOT}>{content}</w:{tag}>"
            bound.append((f"rId{kind[0].upper()}{n}", kind, f"{kind}{n}.xml"))
    if footnotes:
        parts["footnotes"] = f"<w:footnotes {_ROOT}>{_SEPARATORS}{footnotes}</w:footnotes>"
        bound.append(("rIdN1", "footnotes", "footnotes.xml"))
    for n, name in enumerate(media or {}, 1):
        bound.append((f"rIdM{n}", "image", f"media/{name}"))
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations(_PACKAGE_RELATIONS),
        "word/_rels/document.xml.rels": _relations(
            [(rid, f"{_RELATION}/{kind}", target) for rid, kind, target in bound]
        ),
        **{f"word/{name}.xml": content for name, content in parts.items()},
        **{f"word/{name}.xml": content for name, content in _SIDE_PARTS.items()},
        "word/theme/theme1.xml": _theme(),
        "docProps/app.xml": _APP,
        "docProps/core.xml": _core(properties or {}),
        **{f"word/media/{name}": content for name, content in (media or {}).items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            raw = content if isinstance(content, bytes) else (_XML + content).encode()
            package.writestr(zipfile.ZipInfo(name, _CLOCK), raw, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _relations(bound: Sequence[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{rid}" Type="{kind}" Target="{target}"/>' for rid, kind, target in bound
    )
    return f'<Relationships xmlns="{_RELATIONS}">{rows}</Relationships>'


def _content_types(parts: Mapping[str, str]) -> str:
    kinds = {"document": "document.main"}
    rows = "".join(
        f'<Override PartName="/word/{name}.xml" '
        f'ContentType="{_TYPE}.{kinds.get(name, name.rstrip("0123456789"))}+xml"/>'
        for name in (*parts, *_SIDE_PARTS)
    )
    office = "application/vnd.openxmlformats-officedocument"
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'{rows}<Override PartName="/word/theme/theme1.xml" ContentType="{office}.theme+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
        '<Override PartName="/docProps/app.xml" '
        f'ContentType="{office}.extended-properties+xml"/></Types>'
    )


def _core(properties: Mapping[str, str]) -> str:
    tags = {"author": "dc:creator", "comments": "dc:description", "language": "dc:language"}
    known = {"title": "", "subject": "", "author": "Văn phòng", "comments": "", **properties}
    rows = "".join(
        f"<{tags.get(name, f'dc:{name}')}>{value}</{tags.get(name, f'dc:{name}')}>"
        for name, value in known.items()
    )
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{rows}'
        "<cp:lastModifiedBy>Văn phòng</cp:lastModifiedBy><cp:revision>2</cp:revision>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-05T01:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-05T01:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _styles() -> str:
    families = ("Table", "Grid", "List", "Shading", "Medium", "Light", "Dark", "Colorful")
    latent = "".join(
        f'<w:lsdException w:name="{family} {n}" w:semiHidden="{n % 2}" '
        f'w:uiPriority="{40 + n}" w:unhideWhenUsed="{n % 2}"/>'
        for family in families
        for n in range(1, 47)
    )
    names = ("Normal", "Header", "Footer", "Heading1", "Heading2", "BodyText", "TableText")
    kept = "".join(
        f'<w:style w:type="paragraph" w:default="{int(n == 0)}" '
        f'w:styleId="{name}"><w:name w:val="{name}"/><w:qFormat/><w:rsid w:val="00A77B3E"/>'
        '<w:pPr><w:spacing w:before="60" w:after="60"/></w:pPr>'
        '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
        f'<w:sz w:val="{24 + n}"/><w:szCs w:val="{24 + n}"/></w:rPr></w:style>'
        for n, name in enumerate(names)
    )
    return (
        f"<w:styles {_ROOT}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f'<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:count="376">{latent}'
        f"</w:latentStyles>{kept}"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr>'
        '</w:style><w:style w:type="character" w:styleId="Strong1"><w:name w:val="Strong1"/>'
        "<w:rPr><w:b/></w:rPr></w:style></w:styles>"
    )


def _settings() -> str:
    marks = "".join(f'<w:rsid w:val="00{n * 7919 % 0xFFFFFF:06X}"/>' for n in range(1, 60))
    return (
        f'<w:settings {_ROOT}><w:zoom w:percent="100"/><w:proofState w:spelling="clean"/>'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:rsids><w:rsidRoot w:val="00A77B3E"/>{marks}</w:rsids>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/>'
        '<w:listSeparator w:val=";"/></w:settings>'
    )


def _fonts() -> str:
    names = ("Times New Roman", "Calibri", "Symbol", "Courier New", "Wingdings", "Cambria Math")
    rows = "".join(
        f'<w:font w:name="{name}"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="A3"/><w:family w:val="roman"/><w:pitch w:val="variable"/>'
        '<w:sig w:usb0="E0002EFF" w:usb1="C000785B" w:usb2="00000009" w:usb3="00000000" '
        'w:csb0="000001FF" w:csb1="00000000"/></w:font>'
        for name in names
    )
    return f"<w:fonts {_ROOT}>{rows}</w:fonts>"


def _theme() -> str:
    accents = [f"accent{n}" for n in range(1, 7)]
    colours = ["dk1", "lt1", "dk2", "lt2", *accents, "hlink", "folHlink"]
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{n * 1118481:06X}"/></a:{name}>'
        for n, name in enumerate(colours, 1)
    )
    scripts = "Jpan Hang Hans Hant Arab Hebr Thai Ethi Beng Gujr Khmr Knda Guru Viet Uigh Geor"
    faces = "".join(f'<a:font script="{s}" typeface="Times New Roman"/>' for s in scripts.split())
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>{faces}'
        f"</a:{kind}>"
        for kind in ("majorFont", "minorFont")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{_A}" name="Office"><a:themeElements>'
        f'<a:clrScheme name="Office">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Office">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Office"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


_PACKAGE_RELATIONS: Final = [
    ("rId1", f"{_RELATION}/officeDocument", "word/document.xml"),
    (
        "rId2",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        "docProps/core.xml",
    ),
    ("rId3", f"{_RELATION}/extended-properties", "docProps/app.xml"),
]
_SEPARATORS: Final = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_APP: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Template>Normal.dotm</Template><TotalTime>1</TotalTime>'
    "<Pages>1</Pages><Words>120</Words><Application>Microsoft Office Word</Application>"
    "<AppVersion>16.0000</AppVersion></Properties>"
)
_SIDE_PARTS: Final = {
    "styles": _styles(),
    "settings": _settings(),
    "webSettings": f"<w:webSettings {_ROOT}><w:optimizeForBrowser/></w:webSettings>",
    "fontTable": _fonts(),
}
