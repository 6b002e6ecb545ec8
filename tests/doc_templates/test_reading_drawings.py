"""Drawings as Word writes them: what is understood, and what is refused by name."""

import time

import pytest
from drawing_snippets import (
    LINES,
    STYLE,
    Desk,
    anchored,
    graphic,
    inline,
    paragraph,
    parsed,
    picture,
    read,
    shape,
)
from lxml import etree

from doc_templates.reading import drawn
from doc_templates.reading.drawings import read_drawing
from doc_templates.reading.model import Anchor, Edge, Image, Stroke, TextBox

BOX = (1270000, 635000)
TEXT = paragraph("HỎA TỐC")
LINE_STYLE = (
    '<wps:style><a:lnRef idx="{line}"><a:schemeClr val="{color}"/></a:lnRef>'
    '<a:fillRef idx="{fill}"><a:schemeClr val="accent1"/></a:fillRef>'
    '<a:effectRef idx="{effect}"><a:schemeClr val="accent1"/></a:effectRef>'
    '<a:fontRef idx="minor"><a:schemeClr val="{font}"/></a:fontRef></wps:style>'
)


def styled(*, line=1, color="accent1", fill=0, effect=0, font="tx1"):
    return LINE_STYLE.format(line=line, color=color, fill=fill, effect=effect, font=font)


def pict(inside):
    return f"<w:pict>{inside}</w:pict>"


def vml_box(name="rect", style="position:absolute;width:100pt;height:50pt", rest="", inside=""):
    return pict(f'<v:{name} style="{style}" {rest}>{inside}</v:{name}>')


def understood(xml):
    drawing, refused = read(xml)
    assert refused == []
    assert drawing is not None
    return drawing


def refusals(xml):
    drawing, refused = read(xml)
    assert drawing is None
    return refused


def test_a_rule_under_the_heading_is_a_stroke_at_its_anchor():
    drawing = understood(anchored(shape()))

    assert drawing.shapes == (Stroke(0.0, 0.0, 100.0, 0.0, 1.0, "FF0000"),)
    assert (drawing.width, drawing.height) == (100.0, 0.0)
    assert drawing.anchor == Anchor(h_offset=50.0, v_offset=10.0)
    assert drawing.style is STYLE


@pytest.mark.parametrize(
    ("frame", "ends"),
    [
        ("<a:xfrm/>", (0.0, 0.0, 100.0, 50.0)),
        ('<a:xfrm flipH="1"/>', (100.0, 0.0, 0.0, 50.0)),
        ('<a:xfrm flipV="true"/>', (0.0, 50.0, 100.0, 0.0)),
        ('<a:xfrm rot="10800000"/>', (100.0, 50.0, 0.0, 0.0)),
        ('<a:xfrm rot="10800000" flipV="1"/>', (100.0, 0.0, 0.0, 50.0)),
        ('<a:xfrm rot="21600000"/>', (0.0, 0.0, 100.0, 50.0)),
        ('<a:xfrm rot="5400000"/>', (75.0, -25.0, 25.0, 75.0)),
        ('<a:xfrm rot="-5400000" flipH="1"/>', (25.0, -25.0, 75.0, 75.0)),
    ],
)
def test_a_line_is_flipped_then_turned_round_the_centre_of_its_box(frame, ends):
    drawing = understood(anchored(shape("straightConnector1", frame=frame), size=BOX))

    (stroke,) = drawing.shapes
    assert (stroke.x1, stroke.y1, stroke.x2, stroke.y2) == pytest.approx(ends, abs=1e-5)


def test_a_line_with_square_ends_reaches_half_its_width_further():
    line = '<a:ln w="127000" cap="sq"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'

    drawing = understood(anchored(shape(line=line)))

    assert drawing.shapes == (Stroke(-5.0, 0.0, 105.0, 0.0, 10.0, "000000"),)


@pytest.mark.parametrize(
    ("line", "style", "width", "color", "dash"),
    [
        (
            "<a:ln><a:solidFill><a:prstClr val='dkRed'/></a:solidFill></a:ln>",
            "",
            0.75,
            "8B0000",
            "",
        ),
        ("", styled(line=2), LINES[1], "4472C4", ""),
        ("<a:ln w='25400'/>", styled(), 2.0, "4472C4", ""),
        (
            "<a:ln><a:solidFill><a:sysClr val='windowText' lastClr='010203'/></a:solidFill>"
            "<a:prstDash val='sysDash'/><a:round/><a:headEnd type='none'/><a:tailEnd/></a:ln>",
            styled(line=3),
            LINES[2],
            "010203",
            "sysDash",
        ),
        (
            "<a:ln><a:solidFill><a:schemeClr val='accent1'><a:shade val='50000'/></a:schemeClr>"
            "</a:solidFill></a:ln>",
            "",
            0.75,
            "2F528F",
            "",
        ),
    ],
    ids=["named colour", "style's line", "own width", "dashes", "shaded"],
)
def test_a_line_takes_from_its_style_what_it_does_not_say(line, style, width, color, dash):
    drawing = understood(anchored(shape(line=line, style=style)))

    assert drawing.shapes == (Stroke(0.0, 0.0, 100.0, 0.0, width, color, dash),)


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("", ""),
        ("<a:ln><a:noFill/></a:ln>", styled()),
        ("<a:ln w='9525'/>", ""),
        ("", styled(line=0)),
    ],
)
def test_a_line_without_a_pen_shows_nothing(line, style):
    drawing = understood(anchored(shape(line=line, style=style)))

    assert drawing.shapes == ()


def test_a_stamp_is_a_text_box_with_its_paragraphs():
    body = '<wps:bodyPr lIns="0" tIns="12700" bIns="25400" anchor="ctr"><a:spAutoFit/></wps:bodyPr>'
    fill = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
    xml = anchored(shape("rect", fill=fill, text=TEXT, body=body), size=BOX)
    desk = Desk()

    drawing = read_drawing(parsed(xml), style=STYLE, context=desk)

    assert desk.refused == []
    assert desk.texts == ["HỎA TỐC"]
    (box,) = drawing.shapes
    assert box == TextBox(
        0.0,
        0.0,
        100.0,
        50.0,
        line=Edge("single", 1.0, "FF0000"),
        fill="FFFFFF",
        blocks=box.blocks,
        insets=(0.0, 1.0, 7.2, 2.0),
        valign="center",
        grows=True,
    )
    assert box.blocks[0].items[0].text == "HỎA TỐC"


def test_a_picture_keeps_its_part_its_crop_and_its_border():
    line = '<a:ln w="12700"><a:solidFill><a:srgbClr val="0000FF"/></a:solidFill></a:ln>'
    crop = '<a:srcRect l="10000" b="2.5%"/>'

    drawing = understood(inline(picture(crop=crop, properties=line)))

    assert drawing.anchor is None
    assert drawing.shapes == (
        Image(1.0, 1.0, 98.0, 48.0, "word/media/image1.png", (0.1, 0.0, 0.0, 0.025)),
        TextBox(
            0.5,
            0.5,
            99.0,
            49.0,
            line=Edge("single", 1.0, "0000FF"),
            insets=(7.7, 4.1, 7.7, 4.1),
        ),
    )


@pytest.mark.parametrize("rel_id", ["rId1", "rId2", "rId5"])
def test_pictures_that_may_be_png_or_jpeg_are_left_to_their_content(rel_id):
    drawing = understood(inline(picture(f'r:embed="{rel_id}"')))

    assert len(drawing.shapes) == 1


CENTERED = '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
AT_THE_BOTTOM = '<wp:positionV relativeFrom="page"><wp:align>bottom</wp:align></wp:positionV>'


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        (
            {"attributes": 'behindDoc="1"'},
            Anchor(h_offset=50.0, v_offset=10.0, behind=True),
        ),
        (
            {
                "h": CENTERED,
                "v": AT_THE_BOTTOM,
            },
            Anchor(h_from="margin", h_align="center", v_from="page", v_align="bottom"),
        ),
        (
            {"attributes": 'layoutInCell="0"'},
            Anchor(h_offset=50.0, v_offset=10.0, in_cell=False),
        ),
        (
            {
                "more": '<wp14:sizeRelH relativeFrom="page"><wp14:pctWidth>0</wp14:pctWidth>'
                "</wp14:sizeRelH>"
            },
            Anchor(h_offset=50.0, v_offset=10.0),
        ),
    ],
    ids=["behind the text", "aligned", "outside of its cell", "no share of the page"],
)
def test_an_anchor_says_from_where_and_how_far(changes, anchor):
    drawing = understood(anchored(shape(), **changes))

    assert drawing.anchor == anchor


def test_a_hidden_drawing_shows_nothing_and_is_no_fault():
    assert read(inline(picture(), properties='hidden="1"')) == (None, [])
    assert read(vml_box(style="position:absolute;visibility:hidden")) == (None, [])


def body(inside):
    return f"<wps:bodyPr>{inside}</wps:bodyPr>"


NO_COLOR = '<a:ln><a:solidFill><a:schemeClr val="nobody"/></a:solidFill></a:ln>'
TINTED = '<a:ln><a:solidFill><a:srgbClr val="000000">{}</a:srgbClr></a:solidFill></a:ln>'
PERCENT = (
    '<wp:positionH relativeFrom="page"><wp14:pctPosHOffset>10</wp14:pctPosHOffset></wp:positionH>'
)
INSIDE = '<wp:positionH relativeFrom="margin"><wp:align>inside</wp:align></wp:positionH>'
ON_THE_LINE = '<wp:positionV relativeFrom="line"><wp:align>center</wp:align></wp:positionV>'
INNER = '<wp:positionV relativeFrom="insideMargin"><wp:posOffset>0</wp:posOffset></wp:positionV>'


@pytest.mark.parametrize(
    ("xml", "construct"),
    [
        (inline(graphic("http://x/drawingml/2006/chart")), "biểu đồ"),
        (inline(graphic("http://x/drawingml/2006/diagram")), "SmartArt"),
        (anchored(graphic("http://x/2010/wordprocessingGroup")), "nhóm hình vẽ"),
        (inline(graphic("http://x/2010/wordprocessingCanvas")), "khung vẽ (Drawing Canvas)"),
        (inline(graphic("http://x/2010/wordprocessingInk")), "nét mực (Ink)"),
        (inline(graphic("http://x/hologram")), "hình kiểu “hologram”"),
        (anchored(shape("ellipse"), size=BOX), "hình “ellipse”"),
        (anchored(shape("rect", frame='<a:xfrm rot="2700000"/>'), size=BOX), "hình xoay"),
        (anchored(shape(), attributes='simplePos="1"'), "vị trí tuyệt đối (simplePos)"),
        (anchored(shape(), v=ON_THE_LINE), "hình căn theo dòng chữ"),
        (
            anchored(shape(line='<a:ln cap="rnd"/>', style=styled())),
            "đường kẻ đầu tròn",
        ),
        (anchored(shape(frame='<a:xfrm rot="NaN"/>')), "hình xoay"),
        (anchored(shape("rect", frame='<a:xfrm flipV="1"/>', text=TEXT), size=BOX), "hình xoay"),
        (anchored(shape(text=TEXT)), "chữ trên đường kẻ"),
        (anchored(shape("rect"), wrap="<wp:wrapSquare/>", size=BOX), "chữ chạy quanh hình"),
        (anchored(shape(), h=PERCENT), "vị trí hoặc cỡ hình theo phần trăm trang"),
        (anchored(shape(), h=INSIDE), "vị trí theo lề trong, lề ngoài"),
        (anchored(shape(), v=INNER), "vị trí theo lề trong, lề ngoài"),
        (
            anchored(
                shape(), more="<wp14:sizeRelH><wp14:pctWidth>50000</wp14:pctWidth></wp14:sizeRelH>"
            ),
            "vị trí hoặc cỡ hình theo phần trăm trang",
        ),
        (anchored(shape(line=NO_COLOR)), "màu “nobody”"),
        (anchored(shape(line=TINTED.format('<a:alpha val="50000"/>'))), "màu trong suốt"),
        (anchored(shape(line=TINTED.format('<a:redMod val="1"/>'))), "màu biến đổi kiểu “redMod”"),
        (anchored(shape(line='<a:ln cmpd="dbl"/>', style=styled())), "đường kẻ nhiều nét"),
        (
            anchored(shape(line='<a:ln><a:tailEnd type="triangle"/></a:ln>', style=styled())),
            "đường kẻ có mũi tên",
        ),
        (
            anchored(shape(line='<a:ln><a:prstDash val="morse"/></a:ln>', style=styled())),
            "nét đứt kiểu “morse”",
        ),
        (anchored(shape("rect", fill="<a:gradFill/>"), size=BOX), "màu chuyển sắc"),
        (anchored(shape("rect", style=styled(fill=3)), size=BOX), "màu chuyển sắc"),
        (anchored(shape("rect", fill="<a:blipFill/>"), size=BOX), "nền hoa văn hoặc nền ảnh"),
        (
            anchored(shape(effects="<a:effectLst><a:outerShdw/></a:effectLst>")),
            "hiệu ứng của hình (bóng, phát sáng…)",
        ),
        (anchored(shape(style=styled(effect=2))), "hiệu ứng của hình (bóng, phát sáng…)"),
        (anchored(shape(effects="<a:sp3d/>")), "hiệu ứng 3D"),
        (
            anchored(shape("rect", text=TEXT, style=styled(font="lt1")), size=BOX),
            "màu chữ theo kiểu của hình",
        ),
        (
            anchored(shape("rect", text=TEXT, body='<wps:bodyPr vert="vert270"/>'), size=BOX),
            "chữ xoay dọc trong ô chữ",
        ),
        (
            anchored(shape("rect", text=TEXT, body='<wps:bodyPr wrap="none"/>'), size=BOX),
            "ô chữ không tự xuống dòng",
        ),
        (
            anchored(shape("rect", text=TEXT, body='<wps:bodyPr numCol="2"/>'), size=BOX),
            "ô chữ nhiều cột",
        ),
        (
            anchored(shape("rect", text=TEXT, body='<wps:bodyPr anchorCtr="1"/>'), size=BOX),
            "ô chữ căn giữa theo chiều ngang của khung",
        ),
        (
            anchored(shape("rect", text=TEXT, body=body('<a:normAutofit fontScale="90000"/>'))),
            "ô chữ tự thu nhỏ chữ",
        ),
        (
            anchored(shape("rect", text=TEXT, body=body('<a:prstTxWarp prst="textArchUp"/>'))),
            "chữ nghệ thuật (WordArt)",
        ),
        (inline(picture('r:link="rId1"')), "ảnh liên kết ngoài tệp"),
        (inline(picture('r:embed="rId99"')), "ảnh không có trong tệp"),
        (inline(picture("")), "ảnh không có trong tệp"),
        (inline(picture('r:embed="rId3"')), "ảnh EMF"),
        (inline(picture('r:embed="rId4"')), "ảnh SVG"),
        (inline(picture(effects='<a:lum bright="70000"/>')), "ảnh chỉnh độ sáng, tương phản"),
        (inline(picture(effects='<a:alphaModFix amt="40000"/>')), "ảnh trong suốt"),
        (inline(picture(effects="<a:duotone/>")), "ảnh đổi màu"),
        (inline(picture(crop='<a:srcRect l="-10000"/>')), "ảnh cắt quá khung"),
        (inline(picture(crop='<a:srcRect l="60000" r="40000"/>')), "ảnh cắt quá khung"),
        (inline(picture(fit="<a:tile/>")), "ảnh lát hoặc không phủ kín khung"),
        (inline(picture(geometry="ellipse")), "ảnh cắt theo hình"),
        (inline(picture(frame='<a:xfrm rot="5400000"/>')), "ảnh xoay hoặc lật"),
        ("<w:object><o:OLEObject/></w:object>", "đối tượng nhúng (OLE)"),
        ("<w:object/>", "đối tượng nhúng (OLE)"),
        ("<w:object><v:shape/><w:control/></w:object>", "điều khiển biểu mẫu (ActiveX)"),
        ("<w:drawing/>", "hình vẽ không có nội dung đọc được"),
        ("<w:pict/>", "hình vẽ không có nội dung đọc được"),
        ("<mc:AlternateContent/>", "hình vẽ không có nội dung đọc được"),
        (vml_box("oval"), "hình “oval”"),
        (vml_box("group"), "nhóm hình vẽ"),
        (vml_box("shape", rest='path="m0,0 l1,1"'), "hình vẽ tự do"),
        (vml_box("shape", rest='type="#_x0000_t136"'), "chữ nghệ thuật (WordArt)"),
        (vml_box("shape", rest='type="#_x0000_t15"'), "hình VML kiểu 15"),
        (vml_box(rest='o:hr="t"'), "đường kẻ ngang (Horizontal Line)"),
        (vml_box(rest='fillcolor="fill darken(118)"'), "màu “fill darken(118)”"),
        (vml_box(inside='<v:fill type="gradient"/>'), "màu chuyển sắc"),
        (vml_box(inside='<v:fill opacity="32768f"/>'), "màu trong suốt"),
        (vml_box(inside='<v:shadow on="t"/>'), "hiệu ứng của hình (bóng, phát sáng…)"),
        (vml_box(inside='<v:stroke linestyle="thinThin"/>'), "đường kẻ nhiều nét"),
        (vml_box(inside='<v:stroke endarrow="block"/>'), "đường kẻ có mũi tên"),
        (vml_box(inside='<w10:wrap type="square"/>'), "chữ chạy quanh hình"),
        (vml_box(style="width:9pt;height:9pt;rotation:90"), "hình xoay"),
        (vml_box(style="width:9pt;height:9pt;mso-width-percent:400"), drawn.SHARES),
        (vml_box(style="width:9pt;height:9pt;mso-left-percent:x"), drawn.SHARES),
        (
            vml_box(style="position:absolute;width:1pt;height:1pt;mso-position-horizontal:inside"),
            drawn.FACING,
        ),
        (
            vml_box(inside='<v:textbox style="layout-flow:vertical"/>'),
            "chữ xoay dọc trong ô chữ",
        ),
        (vml_box("shape", rest='type="#_x0000_t75"'), "ảnh không có trong tệp"),
        (
            vml_box("shape", rest='type="#_x0000_t75"', inside='<v:imagedata src="x"/>'),
            "ảnh liên kết ngoài tệp",
        ),
        (
            vml_box("shape", rest='type="#_x0000_t75"', inside='<v:imagedata r:id="rId3"/>'),
            "ảnh EMF",
        ),
    ],
    ids=lambda value: value if "<" not in value else "",
)
def test_what_lies_outside_is_refused_by_name(xml, construct):
    assert refusals(xml) == [construct]


def test_all_that_is_wrong_with_a_drawing_is_named_at_once():
    fill = "<a:gradFill/>"
    line = '<a:ln cmpd="dbl"><a:tailEnd type="oval"/></a:ln>'
    graphic = shape("rect", fill=fill, line=line, style=styled(), frame='<a:xfrm rot="60000"/>')

    refused = refusals(anchored(graphic, h=PERCENT, wrap="<wp:wrapTight/>", size=BOX))

    assert set(refused) == {
        "đường kẻ có mũi tên",
        "đường kẻ nhiều nét",
        "hình xoay",
        "màu chuyển sắc",
        "chữ chạy quanh hình",
        "vị trí hoặc cỡ hình theo phần trăm trang",
    }


def test_white_letters_of_their_own_are_no_matter_of_the_shape():
    white = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    text = paragraph("MẬT", white)

    drawing = understood(
        anchored(shape("rect", text=text, style=styled(fill=1, font="lt1")), size=BOX)
    )

    assert drawing.shapes[0].fill == "4472C4"


@pytest.mark.parametrize(
    ("style", "from_", "to", "stroke", "anchor"),
    [
        (
            "position:absolute;z-index:251659264",
            "10pt,20pt",
            "110pt,20pt",
            (0.0, 0.0, 100.0, 0.0),
            Anchor(h_offset=10.0, v_offset=20.0),
        ),
        (
            "position:absolute;z-index:-1;mso-position-horizontal-relative:page;"
            "mso-position-vertical-relative:margin",
            "1in,0",
            "25.4mm,1cm",
            (0.0, 0.0, 0.0, 72 / 2.54),
            Anchor(h_from="page", h_offset=72.0, v_from="margin", behind=True),
        ),
        (
            "position:absolute",
            "120pt,2pc",
            "20pt,12700emu",
            (100.0, 23.0, 0.0, 0.0),
            Anchor(h_offset=20.0, v_offset=1.0),
        ),
        (
            "position:absolute;flip:y;margin-left:30pt;margin-top:10pt",
            "20pt,5pt",
            "120pt,35pt",
            (0.0, 30.0, 100.0, 0.0),
            Anchor(h_offset=20.0, v_offset=5.0),
        ),
    ],
)
def test_a_line_of_vml_stands_where_its_ends_say(style, from_, to, stroke, anchor):
    xml = pict(
        f'<v:line style="{style}" from="{from_}" to="{to}" strokecolor="#4472c4 [3204]"'
        ' strokeweight="1.5pt"/>'
    )

    drawing = understood(xml)

    (line,) = drawing.shapes
    assert (line.x1, line.y1, line.x2, line.y2) == pytest.approx(stroke)
    assert (line.width, line.color) == (1.5, "4472C4")
    assert drawing.anchor == anchor


def test_a_connector_of_vml_is_the_diagonal_of_its_box():
    style = (
        "position:absolute;left:1pt;margin-left:9pt;margin-top:5pt;width:100pt;height:50pt;flip:x"
    )
    definition = '<v:shapetype id="_x0000_t32" o:spt="32" path="m,l21600,21600e" filled="f"/>'
    xml = pict(f'{definition}<v:shape type="#_x0000_t32" style="{style}"/>')

    drawing = understood(xml)

    assert drawing.shapes == (Stroke(100.0, 0.0, 0.0, 50.0, 0.75, "000000"),)
    assert drawing.anchor == Anchor(h_offset=10.0, v_offset=5.0)


def test_a_text_box_of_vml_has_its_insets_and_its_text():
    style = (
        "position:absolute;margin-left:10pt;margin-top:-5pt;width:100pt;height:50pt;"
        "v-text-anchor:middle;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin"
    )
    box = (
        '<v:textbox style="mso-fit-shape-to-text:t" inset="0,1mm,,2pt"><w:txbxContent>'
        f"{TEXT}</w:txbxContent></v:textbox>"
    )
    xml = vml_box("shape", style, 'type="#_x0000_t202" strokeweight=".5pt"', box)

    drawing = understood(xml)

    (made,) = drawing.shapes
    assert made.insets == pytest.approx((0.25, 72 / 25.4 + 0.25, 7.45, 2.25))
    assert (made.x, made.y, made.width, made.height) == (0.25, 0.25, 99.5, 49.5)
    assert (made.valign, made.grows, made.fill) == ("center", True, "FFFFFF")
    assert made.line == Edge("single", 0.5, "000000")
    assert made.blocks[0].items[0].text == "HỎA TỐC"
    assert drawing.anchor == Anchor(h_from="margin", h_offset=10.0, h_align="center", v_offset=-5.0)


def test_insets_of_vml_without_a_unit_are_hardly_anything():
    box = f'<v:textbox inset="10,,10,"><w:txbxContent>{TEXT}</w:txbxContent></v:textbox>'

    drawing = understood(vml_box(rest='stroked="f"', inside=box))

    assert drawing.shapes[0].insets == pytest.approx((0.0, 3.6, 0.0, 3.6), abs=0.01)


def test_a_picture_of_vml_has_no_ground_because_a_colour_is_named():
    inside = '<v:imagedata r:id="rId2"/>'
    plain = vml_box("shape", rest='type="#_x0000_t75" fillcolor="window"', inside=inside)
    filled = vml_box("shape", rest='type="#_x0000_t75" filled="t" fillcolor="red"', inside=inside)

    assert len(understood(plain).shapes) == 1
    assert understood(filled).shapes[0] == TextBox(0.0, 0.0, 100.0, 50.0, fill="FF0000")


def test_an_empty_list_of_effects_takes_those_of_the_style_away():
    drawing = understood(anchored(shape(effects="<a:effectLst/>", style=styled(effect=2))))

    assert len(drawing.shapes) == 1


def test_a_picture_of_vml_is_set_like_a_letter_unless_it_says_otherwise():
    inside = '<v:imagedata r:id="rId2" o:title="" cropleft="6554f" cropbottom="25%"/>'
    style = "width:40pt;height:30pt;mso-left-percent:-10001;mso-width-percent:0"
    xml = vml_box("shape", style, 'type="#_x0000_t75"', inside)

    drawing = understood(xml)

    assert drawing.anchor is None
    (image,) = drawing.shapes
    assert image.media == "word/media/image2.jpeg"
    assert image.crop == pytest.approx((0.1, 0.0, 0.0, 0.25), abs=1e-4)


def alternatives(choice, fallback):
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )


DRAWINGS = {"w:drawing", "w:pict"}
OLD_LINE = pict('<v:line style="position:absolute" from="0,0" to="50pt,0"/>')


def test_of_two_ways_of_writing_the_new_one_is_taken():
    drawing = understood(alternatives(anchored(shape()), OLD_LINE))

    assert drawing.width == 100.0


@pytest.mark.parametrize(
    "new",
    [
        anchored(shape(line=TINTED.format('<a:redMod val="1"/>'))),
        anchored(graphic("http://x/2010/wordprocessingInk")),
        inline(graphic("http://x/hologram")),
        "<w:contentPart/>",
        "",
    ],
    ids=["colour", "ink", "kind", "element", "nothing"],
)
def test_where_the_new_way_is_not_known_the_old_one_is_taken(new):
    drawing = understood(alternatives(new, OLD_LINE))

    assert drawing.width == 50.0


@pytest.mark.parametrize(
    ("new", "construct"),
    [
        (inline(graphic("http://x/2014/chartex")), "biểu đồ"),
        (anchored(shape("heart"), size=BOX), "hình “heart”"),
        (anchored(shape(), wrap="<wp:wrapSquare/>"), "chữ chạy quanh hình"),
        (
            anchored(shape("rect", text=TEXT, style=styled(font="lt1")), size=BOX),
            "màu chữ theo kiểu của hình",
        ),
    ],
)
def test_what_is_known_and_refused_is_not_taken_from_the_old_way(new, construct):
    assert refusals(alternatives(new, OLD_LINE)) == [construct]


def test_where_neither_way_is_known_the_new_one_is_named():
    refused = refusals(alternatives(inline(graphic("http://x/hologram")), vml_box("oval")))

    assert refused == ["hình kiểu “hologram”"]


def test_the_text_of_a_box_is_read_once():
    box = vml_box(inside=f"<v:textbox><w:txbxContent>{TEXT}</w:txbxContent></v:textbox>")
    desk = Desk()
    xml = alternatives(anchored(shape("rect", text=TEXT), size=BOX), box)

    read_drawing(parsed(xml), style=STYLE, context=desk)

    assert desk.texts == ["HỎA TỐC"]


def test_a_text_box_within_a_text_box_is_refused():
    inner = inline(shape("rect", text=TEXT))
    outer = parsed(anchored(shape("rect", text=f"<w:p><w:r>{inner}</w:r></w:p>"), size=BOX))
    nested = outer.find(f".//{drawn.W}drawing")
    desk = Desk()

    drawing = read_drawing(nested, style=STYLE, context=desk)

    assert drawing is None
    assert desk.refused == ["ô chữ trong ô chữ"]
    assert desk.texts == []


@pytest.mark.parametrize("inner", [OLD_LINE, anchored(shape())], ids=["vml", "drawingml"])
def test_a_drawing_anchored_within_a_text_box_is_refused(inner):
    outer = parsed(anchored(shape("rect", text=f"<w:p><w:r>{inner}</w:r></w:p>"), size=BOX))
    desk = Desk()

    nested = next(one for one in outer.iterdescendants() if drawn.tag(one) in DRAWINGS)
    read_drawing(nested, style=STYLE, context=desk)

    assert desk.refused == ["hình neo trong ô chữ"]


WORD_2010_RULE = """
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="4294967295"
distB="4294967295" distL="114300" distR="114300" simplePos="0" relativeHeight="251657216"
behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1" wp14:anchorId="5E1B8F3A"
wp14:editId="50D07946"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">
<wp:posOffset>1905635</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph">
<wp:posOffset>25400</wp:posOffset></wp:positionV><wp:extent cx="1981200" cy="0"/><wp:effectExtent
l="0" t="0" r="19050" b="19050"/><wp:wrapNone/><wp:docPr id="3" name="Line 3"/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks/></wp:cNvGraphicFramePr><a:graphic><a:graphicData
uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvCnPr>
<a:cxnSpLocks noChangeShapeType="1"/></wps:cNvCnPr><wps:spPr bwMode="auto"><a:xfrm><a:off x="0"
y="0"/><a:ext cx="1981200" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>
<a:noFill/><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:round/><a:headEnd/>
<a:tailEnd/></a:ln><a:extLst><a:ext uri="{909E8E84-426E-40DD-AFC4-6F175D3DCCD1}"><a14:hiddenFill>
<a:noFill/></a14:hiddenFill></a:ext></a:extLst></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>
</a:graphic><wp14:sizeRelH relativeFrom="page"><wp14:pctWidth>0</wp14:pctWidth></wp14:sizeRelH>
<wp14:sizeRelV relativeFrom="page"><wp14:pctHeight>0</wp14:pctHeight></wp14:sizeRelV></wp:anchor>
</w:drawing></mc:Choice><mc:Fallback><w:pict><v:line w14:anchorId="5E1B8F3A" id="Line 3"
xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" o:spid="_x0000_s1026"
style="position:absolute;z-index:251657216;visibility:visible;mso-wrap-style:square;
mso-width-percent:0;mso-height-percent:0;mso-wrap-distance-left:9pt;mso-wrap-distance-top:-3e-5mm;
mso-wrap-distance-right:9pt;mso-position-horizontal:absolute;
mso-position-horizontal-relative:text;mso-position-vertical:absolute;
mso-position-vertical-relative:text;mso-width-relative:page;mso-height-relative:page"
from="150.05pt,2pt" to="306.05pt,2pt" o:gfxdata="UEsDBBQ"/></w:pict></mc:Fallback>
</mc:AlternateContent>"""


def test_a_rule_as_word_writes_it_reads_alike_in_both_ways_of_writing():
    both = parsed(WORD_2010_RULE.strip())
    old = both.find(f".//{drawn.W}pict")
    desk = Desk()

    new_drawing = read_drawing(both, style=STYLE, context=desk)
    old_drawing = read_drawing(old, style=STYLE, context=desk)

    assert desk.refused == []
    assert new_drawing.shapes == old_drawing.shapes
    assert new_drawing.shapes == (Stroke(0.0, 0.0, 156.0, 0.0, 0.75, "000000"),)
    assert new_drawing.anchor == Anchor(h_offset=150.05, v_offset=2.0)
    assert old_drawing.anchor == Anchor(h_offset=150.05, v_offset=2.0)


def test_a_place_may_stand_beside_the_style_of_an_old_drawing():
    xml = vml_box(inside='<w10:wrap anchorx="page" anchory="margin"/>')

    assert understood(xml).anchor == Anchor(h_from="page", v_from="margin")


DAMAGE = ["", "x", "NaN", "inf", "-1", "1e400", "9" * 60, "1 2", "0x10", "٣"]


@pytest.mark.parametrize("figure", DAMAGE)
def test_a_damaged_size_is_refused(figure):
    expected = [] if figure == "٣" else ["hình có kích thước hoặc vị trí sai"]

    assert read(anchored(shape(), size=(figure, 0)))[1] == expected
    assert read(vml_box(style=f"width:{figure}pt;height:5pt"))[1] == expected


@pytest.mark.parametrize("figure", [one for one in DAMAGE if one not in {"-1", "٣"}])
@pytest.mark.parametrize(
    "xml",
    [
        anchored(
            shape(),
            h='<wp:positionH relativeFrom="page"><wp:posOffset>{}</wp:posOffset></wp:positionH>',
        ),
        anchored(shape(line='<a:ln w="{}"/>', style=styled())),
        anchored(shape("rect", text=TEXT, body='<wps:bodyPr lIns="{}"/>'), size=BOX),
        inline(picture(crop='<a:srcRect t="{}"/>')),
    ],
    ids=["place", "line", "inset", "crop"],
)
def test_a_damaged_figure_is_refused(xml, figure):
    assert refusals(xml.replace("{}", figure))


def test_a_drawing_without_its_attributes_is_refused_and_never_breaks():
    whole = [
        anchored(shape("rect", text=TEXT, style=styled()), size=BOX),
        inline(picture(crop='<a:srcRect l="1"/>')),
        vml_box("shape", rest='type="#_x0000_t75"', inside='<v:imagedata r:id="rId2"/>'),
        OLD_LINE,
    ]

    for xml in whole:
        for place in range(len(list(parsed(xml).iter()))):
            bare = list(parsed(xml).iter())[place]
            root = bare.getroottree().getroot()[0]
            bare.attrib.clear()
            read_drawing(root, style=STYLE, context=Desk())
            if bare is not root:
                bare.getparent().remove(bare)
            read_drawing(root, style=STYLE, context=Desk())


def figures_of(drawing):
    """All lengths of a drawing; what is no number is larger than any."""
    values = [drawing, *drawing.shapes, *([drawing.anchor] if drawing.anchor else [])]
    found = [getattr(one, name) for one in values for name in one.__slots__]
    numbers = [one for one in found if isinstance(one, float)]
    return [one if one == one else float("inf") for one in numbers]


def test_damage_anywhere_is_refused_or_passed_over_and_never_breaks():
    whole = [
        WORD_2010_RULE.strip(),
        anchored(shape("rect", text=TEXT, style=styled()), size=BOX),
        inline(picture(crop='<a:srcRect l="1"/>')),
        vml_box(
            "shape", rest='type="#_x0000_t75"', inside='<v:imagedata r:id="rId2" cropleft="1f"/>'
        ),
    ]

    for xml in whole:
        for place, element in enumerate(parsed(xml).iter()):
            for name in element.attrib:
                for value in [*DAMAGE, "a" * 9_999, ";:;,", "-2147483649"]:
                    root = parsed(xml)
                    list(root.iter())[place].set(name, value)
                    drawing = read_drawing(root, style=STYLE, context=Desk())
                    assert drawing is None or all(
                        abs(figure) <= 2 * drawn.MOST_POINTS for figure in figures_of(drawing)
                    )


def deep(name, depth):
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    root = etree.Element(f"{{{space}}}{name}")
    inner = root
    for _ in range(depth):
        inner = etree.SubElement(etree.SubElement(inner, f"{{{space}}}Choice"), root.tag)
    return root


def test_ten_thousand_alternatives_within_each_other_are_refused_at_once():
    root = deep("AlternateContent", 10_000)
    desk = Desk()

    began = time.perf_counter()
    read_drawing(root, style=STYLE, context=desk)

    assert desk.refused == ["hình vẽ không có nội dung đọc được"]
    assert time.perf_counter() - began < 1.0


def test_ten_thousand_groups_are_one_refusal():
    groups = "<wpg:grpSp/>" * 10_000
    xml = anchored(
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingGroup"><wpg:wgp>{groups}</wpg:wgp></a:graphicData></a:graphic>'
    )

    assert refusals(xml) == ["nhóm hình vẽ"]
    assert refusals(pict('<v:group style="width:1pt"/>' * 10_000)) == ["nhóm hình vẽ"]


def test_comments_and_foreign_elements_are_passed_over():
    root = parsed(anchored(shape()).replace("<wp:wrapNone/>", "<!-- x --><?y?><wp:wrapNone/>"))
    etree.SubElement(root[0], "{urn:unknown}thing")
    desk = Desk()

    assert read_drawing(root, style=STYLE, context=desk) is not None
    assert desk.refused == []


def test_the_lines_of_a_theme_are_read_in_points():
    theme = etree.fromstring(
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fmtScheme>'
        '<a:lnStyleLst><a:ln w="6350"/><a:ln w="12700"/><a:ln/><a:ln w="NaN"/></a:lnStyleLst>'
        "</a:fmtScheme></a:theme>"
    )

    assert drawn.theme_lines(theme) == (0.5, 1.0, 0.75, 0.75)
