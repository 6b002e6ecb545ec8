"""Fills a compiled form: strings are joined, packed and put beside what is packed already."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from doc_templates.errors import MergeFailed
from doc_templates.merge import mending, package, reference, values
from doc_templates.merge.compiler import CompiledForm, Tier, VaryingPart
from doc_templates.merge.package import Deflate, Entry
from doc_templates.merge.pictures import PlacedPicture
from doc_templates.merge.values import Values

_DRAWING: Final = b"<wp:docPr"
_DRAWING_ID: Final = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
#: docxtpl numbers drawings upwards from the number after this one.
_BEFORE_FIRST_DRAWING: Final = 1000
_CONTENT_TYPES: Final = "[Content_Types].xml"
_NO_RELATIONS: Final = (
    b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b"</Relationships>"
)


def render(
    form: CompiledForm, context: Mapping[str, Any], *, deflate: Deflate = Deflate.ZLIB
) -> bytes:
    """Fill a form: text, numbers, booleans, lists and mappings of them, pictures.

    Values are printed exactly as they are; nothing in them is taken for markup or for a
    placeholder. Equal input gives equal bytes. Threads may share a form.

    Raises:
        MergeFailed: a value is missing or is not what a document can hold; names the
            placeholder, the part and the nearest text.
    """
    return b"".join(render_buffers(form, context, deflate=deflate))


def render_buffers(
    form: CompiledForm, context: Mapping[str, Any], *, deflate: Deflate = Deflate.ZLIB
) -> list[bytes]:
    """Fill a form, as `render` does, into buffers to be written one after the other."""
    given = Values(form.name, context, is_strict=form.is_checked, with_keys=form.prints_keys)
    if form.tier is Tier.DOCXTPL:
        return [reference.render(form, given.context)]
    contents = [(part, _whole(part, fill(form, part, given))) for part in form.parts]
    if given.pictures:
        return _with_pictures(form, contents, given.pictures, deflate)
    return package.write(
        form.fixed,
        [package.pack_varying(part.member, content, deflate) for part, content in contents],
    )


def fill(form: CompiledForm, part: VaryingPart, given: Values) -> bytes:
    """Fill one part; gives what stands between its fixed bytes.

    Raises:
        MergeFailed: as `render`.
    """
    template = part.template
    context = {**part.globals, **given.context} if part.globals else given.context
    try:
        text = "".join(
            template.root_render_func(
                template.environment.context_class(
                    template.environment, context, template.name, template.blocks
                )
            )
        )
        is_plain = given.is_plain and part.prints_only_values
        needs_repair = part.is_body and (part.needs_repair or given.has_markup)
        needs_mending = part.breaks_text or needs_repair
        if not needs_mending:
            needs_mending = not (is_plain or values.is_plain(text))
        data = b"" if needs_mending else text.encode()
    except Exception as error:  # whatever it was, docxtpl's way of filling names its place
        raise _place(form, part, given, error) from error
    if needs_mending:
        data = _mend(form, part, given, text, needs_repair=needs_repair).encode()
    if given.has_objects or not part.prints_only_values:
        _check(form, part, given, data)
    if part.is_body and (part.may_draw or given.has_markup or given.pictures) and _DRAWING in data:
        data = number_drawings(data)
    return data


def _whole(part: VaryingPart, data: bytes) -> bytes:
    """Put a filled part between its fixed bytes, copying it once."""
    return b"".join((part.before, data, part.after))


def number_drawings(data: bytes, *, after: int = _BEFORE_FIRST_DRAWING) -> bytes:
    """Number all drawings of a body upwards, in their order, from the number that follows."""
    numbers = iter(range(after + 1, after + 1 + data.count(_DRAWING)))
    return _DRAWING_ID.sub(lambda found: found[1] + b"%d" % next(numbers) + found[2], data)


def _mend(
    form: CompiledForm, part: VaryingPart, given: Values, text: str, *, needs_repair: bool
) -> str:
    """Do what docxtpl does to filled XML, where there is something to do."""
    if not values.has_lines_only(text):
        values.check_letters(form.name, given.context, is_strict=form.is_checked)
    text = mending.resolve_breaks(text)
    if not needs_repair:
        return text
    try:
        return mending.repair_tables(text, part.wrapper)
    except (etree.XMLSyntaxError, TypeError, ValueError, AttributeError) as error:
        raise _place(form, part, given, error) from error


def _check(form: CompiledForm, part: VaryingPart, given: Values, data: bytes) -> None:
    """Refuse what values brought that is no XML: markup that somebody marked as safe."""
    try:
        mending.check_well_formed(_whole(part, data))
    except etree.XMLSyntaxError as error:
        raise _place(form, part, given, error) from error


def _place(form: CompiledForm, part: VaryingPart, given: Values, error: Exception) -> MergeFailed:
    """Find where it failed, by filling the form once more through docxtpl."""
    reason = str(error)
    try:
        values.check_letters(form.name, given.context, is_strict=form.is_checked)
        reference.render(form, given.context)
    except MergeFailed as placed:
        return placed
    except Exception as other:  # docxtpl breaks on the same values, without a place
        reason = str(other) or reason
    return MergeFailed(form=form.name, part=part.label, name="", near="", reason=reason)


def _with_pictures(
    form: CompiledForm,
    contents: list[tuple[VaryingPart, bytes]],
    pictures: list[PlacedPicture],
    deflate: Deflate,
) -> list[bytes]:
    """Write a package whose relationships and content types tell of its pictures."""
    changed: dict[str, bytes] = {}
    types = form.fixed_members[_CONTENT_TYPES]
    known = types.lower()
    wanted = dict.fromkeys(
        picture.content_type
        for picture in pictures
        if f'extension="{picture.extension}"'.encode() not in known
    )
    at = types.index(b"<Types")
    at = types.index(b">", at) + 1
    changed[_CONTENT_TYPES] = types[:at] + "".join(wanted).encode() + types[at:]
    changed.update(_relations(form, contents, pictures))
    entries: list[Entry] = [
        package.pack_varying(member.encode(), content, deflate)
        for member, content in changed.items()
    ]
    entries += [entry for entry in form.fixed_entries if entry.name.decode() not in changed]
    entries += [package.pack_varying(part.member, content, deflate) for part, content in contents]
    entries += [package.store(one.member.encode(), one.content) for one in pictures]
    return package.write(package.join_fixed(()), entries)


def _relations(
    form: CompiledForm, contents: list[tuple[VaryingPart, bytes]], pictures: list[PlacedPicture]
) -> Iterator[tuple[str, bytes]]:
    """Give the relationships of each part that prints a picture."""
    for part, content in contents:
        printed = [one for one in pictures if f'"{one.relation_id}"'.encode() in content]
        if not printed:
            continue
        folder, _, file = part.member.decode().rpartition("/")
        member = f"{folder}/_rels/{file}.rels"
        before = form.fixed_members.get(member, _NO_RELATIONS)
        if b"</Relationships>" not in before:
            before = _NO_RELATIONS
        added = "".join(one.relationship for one in printed).encode()
        yield member, before.replace(b"</Relationships>", added + b"</Relationships>")
