"""Names that nobody knows, in what another system sends: told in the answer, not refused.

Another system may be of a later day than we are and know a field that we do not. Nothing is
dropped in silence: each such name is a warning with its place and the nearest name that we know.
Where a name is wrong and a required one is missing, both are faults.
"""

import copy
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from service.intake.fields import MOST_FAULTS, EntryInvalid, FieldError

UNKNOWN: Final = "unknown-field"
_Taken = TypeVar("_Taken")
#: The entry itself, its paper, the groups in it: each may find its unknown names on its own.
_MOST_ROUNDS: Final = 5


def take_known(
    raw: Mapping[str, Any],
    take: Callable[[Mapping[str, Any]], _Taken],
    *,
    below: tuple[str, ...],
) -> tuple[_Taken, tuple[FieldError, ...]]:
    """Take what was sent without the names that nobody knows; give these as warnings.

    `below` are the beginnings of pointers under which a name may be unknown; a name elsewhere
    says what is to be done and is refused. `take` keeps nothing where it raises.

    Raises:
        EntryInvalid: carries every fault, those of unknown names among them.
    """
    warnings: list[FieldError] = []
    left = raw
    for _ in range(_MOST_ROUNDS):
        try:
            return take(left), tuple(warnings)
        except EntryInvalid as error:
            told = [*error.errors, *warnings]
            is_warned = all(
                one.code == UNKNOWN and one.pointer.startswith(below) for one in error.errors
            )
            if not is_warned or len(error.errors) >= MOST_FAULTS:
                raise EntryInvalid(told) from error
            warnings.extend(error.errors)
            left = _without(left, error.errors)
    raise EntryInvalid(told)


def _without(raw: Mapping[str, Any], unknown: tuple[FieldError, ...]) -> dict[str, Any]:
    left = copy.deepcopy(dict(raw))
    for one in unknown:
        *groups, name = (
            step.replace("~1", "/").replace("~0", "~") for step in one.pointer.split("/")[1:]
        )
        group: Any = left
        for step in groups:
            group = group[int(step)] if isinstance(group, list) else group[step]
        group.pop(name, None)
    return left
