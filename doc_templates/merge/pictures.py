"""Pictures as values: a QR code, a portrait. Given by the caller, placed by the render.

docxtpl's own picture is bound to one document and changes it while it is printed; ours is a
plain value, and the relationship and the media member are written beside the text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from docx.oxml.shape import CT_Inline
from docx.shared import Emu, Mm

_IMAGE_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_MARK: Final = "rIdTrinhky"
_BETWEEN: Final = re.compile(r">\s+<")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture to be printed where its placeholder stands, in its own paragraph or in a line.

    PNG or JPEG. `width_mm` and `height_mm` None: as the file says; one of them None: in
    proportion.
    """

    content: bytes
    width_mm: float | None = None
    height_mm: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture with its place in one package: what `{{ picture }}` prints."""

    markup: str
    relation_id: str
    member: str
    extension: str
    content: bytes

    def __html__(self) -> str:
        return self.markup

    def __str__(self) -> str:
        return self.markup

    @property
    def relationship(self) -> str:
        """The relationship element of a part that prints the picture."""
        target = self.member.removeprefix("word/")
        return f'<Relationship Id="{self.relation_id}" Type="{_IMAGE_RELATION}" Target="{target}"/>'

    @property
    def content_type(self) -> str:
        """The content type element that the package must hold."""
        kind = "jpeg" if self.extension in ("jpg", "jpeg") else self.extension
        return f'<Default Extension="{self.extension}" ContentType="image/{kind}"/>'


def place(picture: Picture, number: int) -> PlacedPicture:
    """Give a picture its place as the `number`-th of a package.

    Raises:
        ValueError: the content is neither PNG nor JPEG.
    """
    markup, extension = _draw(picture)
    relation_id = f"{_MARK}{number}"
    return PlacedPicture(
        markup=markup.replace(_MARK, relation_id),
        relation_id=relation_id,
        member=f"word/media/trinhky{number}.{extension}",
        extension=extension,
        content=picture.content,
    )


@lru_cache(maxsize=256)
def _draw(picture: Picture) -> tuple[str, str]:
    """Draw a picture's markup; the same picture is measured once."""
    try:
        image = Image.from_blob(picture.content)
    except UnrecognizedImageError as error:
        raise ValueError("ảnh phải là PNG hoặc JPEG") from error
    if image.ext not in ("png", "jpg", "jpeg"):
        raise ValueError(f"ảnh phải là PNG hoặc JPEG, đang là {image.ext}")
    width = Mm(picture.width_mm) if picture.width_mm else None
    height = Mm(picture.height_mm) if picture.height_mm else None
    across, down = image.scaled_dimensions(
        Emu(width) if width else None, Emu(height) if height else None
    )
    inline = CT_Inline.new_pic_inline(1, _MARK, f"image.{image.ext}", across, down)
    drawing = _BETWEEN.sub("><", inline.xml).strip()
    markup = (
        f'</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r><w:r><w:t xml:space="preserve">'
    )
    return markup, image.ext
