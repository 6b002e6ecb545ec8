"""Small Word files made of markup, for the reader and the layout."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="xml" ContentType="application/xml"/></Types>'
)
_SETTINGS = (
    f'<w:settings {W}><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="{mode}"/></w:compat></w:settings>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{links}</Relationships>"
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TIMES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>'
)


def word_file(body: str, *, styles: str = TIMES, mode: int = 15, raw_settings: str = "") -> bytes:
    """Make a file of a body; `styles` is the inside of the styles part, `raw_settings` the whole
    of another settings part."""
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_KIND}{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(("styles", "settings"), 1)
    )
    members: dict[str, str] = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/settings.xml": raw_settings or _SETTINGS.format(mode=mode),
        "word/_rels/document.xml.rels": _RELATIONS.format(links=links),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "", look: str = "") -> str:
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"
