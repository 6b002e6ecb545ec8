"""Several entries of one kind in a file or a call: all or none, every fault with its place."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from service.intake.fields import EntryInvalid, FieldError

_Entry = TypeVar("_Entry")


def parse_all(
    raws: Sequence[object],
    shared: Mapping[str, Any],
    parse: Callable[[Mapping[str, Any]], _Entry],
    *,
    place: str,
    for_all: Collection[str] = (),
) -> list[_Entry]:
    """Take each entry with the values in `shared`, which hold for all that do not say otherwise.

    `place` is the JSON pointer of the list; `for_all` names the values that are missed once
    for all where a file says anything for all.

    Raises:
        EntryInvalid: carries the faults of all: of one entry under its place, of a value said
            for all once, under its name.
    """
    entries: list[_Entry] = []
    errors: list[FieldError] = []
    for at, raw in enumerate(raws):
        here = f"{place}/{at}"
        if not isinstance(raw, Mapping):
            message = f"mục thứ {at + 1}: cần một nhóm các mục, không phải một giá trị đơn."
            errors.append(FieldError(pointer=here, code="table-expected", message=message))
            continue
        try:
            entries.append(parse({**shared, **raw}))
        except EntryInvalid as error:
            for one in error.errors:
                name = one.pointer.split("/")[1]
                is_for_all = name not in raw and (name in shared or (shared and name in for_all))
                errors.append(replace(one, pointer=f"{'' if is_for_all else here}{one.pointer}"))
    if errors:
        raise EntryInvalid(list(dict.fromkeys(errors)))
    return entries


def tables_of(raw: Mapping[str, Any], name: str) -> tuple[list[Any], dict[str, Any]]:
    """Part a file into its tables of that name and the values that it says once for all.

    Raises:
        EntryInvalid: the file has no such table.
    """
    listed = raw.get(name)
    if not isinstance(listed, list) or not listed:
        message = f"Tệp cần ít nhất một bảng [[{name}]]."
        raise EntryInvalid([FieldError(pointer=f"/{name}", code="missing", message=message)])
    return listed, {key: value for key, value in raw.items() if key != name}
