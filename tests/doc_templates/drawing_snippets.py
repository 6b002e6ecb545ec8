"""Drawings of Word as short XML, with a context that keeps what it was asked."""

from lxml import etree

from doc_templates.reading.drawings import read_drawing
from doc_templates.reading.model import Paragraph, ParagraphStyle, RunStyle, Text

STYLE = RunStyle(size=13.0)
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
    ' xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
MEDIA = {
    "rId1": "word/media/image1.png",
    "rId2": "word/media/image2.jpeg",
    "rId3": "word/media/image3.emf",
    "rId4": "word/media/image4.svg",
    "rId5": "word/media/image5",
}
COLORS = {"accent1": "4472C4", "tx1": "000000", "lt1": "FFFFFF", "dk1": "000000"}
LINES = (0.5, 1.0, 1.5)


class Desk:
    """A context that keeps what was refused and which texts were asked for."""

    def __init__(self):
        self.refused = []
        self.texts = []

    def media(self, rel_id):
        return MEDIA.get(rel_id)

    def blocks(self, content):
        text = "".join(content.itertext())
        self.texts.append(text)
        return (Paragraph(style=ParagraphStyle(), items=(Text(text, STYLE),), mark=STYLE),)

    def refuse(self, construct):
        self.refused.append(construct)

    def theme_color(self, name):
        return COLORS.get(name, "")

    def theme_line(self, index):
        return LINES[index - 1] if index <= len(LINES) else 0.75


def parsed(xml):
    """Parse a snippet as it stands in a run."""
    return etree.fromstring(f"<w:r {SPACES}>{xml}</w:r>")[0]


def read(xml):
    """Read a snippet: the drawing, and what was refused."""
    desk = Desk()
    return read_drawing(parsed(xml), style=STYLE, context=desk), desk.refused


def anchored(
    graphic,
    *,
    h='<wp:positionH relativeFrom="column"><wp:posOffset>635000</wp:posOffset></wp:positionH>',
    v='<wp:positionV relativeFrom="paragraph"><wp:posOffset>127000</wp:posOffset></wp:positionV>',
    wrap="<wp:wrapNone/>",
    size=(1270000, 0),
    attributes="",
    more="",
):
    """Write a w:drawing that is anchored."""
    return (
        f'<w:drawing><wp:anchor {attributes}><wp:simplePos x="25400" y="12700"/>{h}{v}'
        f'<wp:extent cx="{size[0]}" cy="{size[1]}"/>{wrap}<wp:docPr id="1" name="x"/>'
        f"{graphic}{more}</wp:anchor></w:drawing>"
    )


def inline(graphic, *, size=(1270000, 635000), properties=""):
    """Write a w:drawing that is set like a letter."""
    return (
        f'<w:drawing><wp:inline><wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f'<wp:docPr id="1" name="x" {properties}/>{graphic}</wp:inline></w:drawing>'
    )


def shape(
    geometry="line",
    *,
    frame="<a:xfrm/>",
    line='<a:ln w="12700"><a:solidFill><a:srgbClr val="ff0000"/></a:solidFill></a:ln>',
    fill="",
    effects="",
    style="",
    text="",
    body="<wps:bodyPr/>",
):
    """Write the graphic of a shape."""
    box = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return (
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>{frame}'
        f'<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>{fill}{line}{effects}</wps:spPr>'
        f"{style}{box}{body}</wps:wsp></a:graphicData></a:graphic>"
    )


def picture(
    blip='r:embed="rId1"',
    *,
    effects="",
    crop="",
    fit="<a:stretch><a:fillRect/></a:stretch>",
    frame="<a:xfrm/>",
    properties="",
    geometry="rect",
):
    """Write the graphic of a picture."""
    return (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/'
        f'picture"><pic:pic><pic:blipFill><a:blip {blip}>{effects}</a:blip>{crop}{fit}'
        f'</pic:blipFill><pic:spPr>{frame}<a:prstGeom prst="{geometry}"/>{properties}'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )


def graphic(uri):
    """Write a graphic of another kind."""
    return f'<a:graphic><a:graphicData uri="{uri}"><x/></a:graphicData></a:graphic>'


def paragraph(text, properties=""):
    """Write a paragraph of a text box."""
    return f"<w:p><w:r>{properties}<w:t>{text}</w:t></w:r></w:p>"
