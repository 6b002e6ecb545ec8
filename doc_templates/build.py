"""Draws every form's template; a test compares what is committed with what is drawn.

python -m doc_templates.build          draws them all
python -m doc_templates.build --check  exits 1 and names those that are stale
"""

import io
import sys
from pathlib import Path
from typing import Final

from doc_templates.forms.achievement_report import author as achievement_report
from doc_templates.forms.article_cover import author as article_cover
from doc_templates.forms.decision import author as decision
from doc_templates.forms.handover_list import author as handover_list
from doc_templates.forms.invitation import author as invitation
from doc_templates.forms.minutes import author as minutes
from doc_templates.forms.named import author as named
from doc_templates.forms.official_letter import author as official_letter
from doc_templates.forms.plan import author as plan
from doc_templates.forms.profile_extract import author as profile_extract
from doc_templates.forms.residence_confirmation import author as residence_confirmation
from doc_templates.forms.submission import author as submission
from doc_templates.merge import archive

_FOLDER: Final = Path(__file__).parent / "forms"
_AUTHORS: Final = {
    "achievement_report": achievement_report.draw,
    "article_cover": article_cover.draw,
    "decision": decision.draw,
    "handover_list": handover_list.draw,
    "invitation": invitation.draw,
    "minutes": minutes.draw,
    "named": named.draw,
    "official_letter": official_letter.draw,
    "plan": plan.draw,
    "profile_extract": profile_extract.draw,
    "residence_confirmation": residence_confirmation.draw,
    "submission": submission.draw,
}


def draw(kind: str) -> bytes:
    """Draw one form's template; equal code gives equal bytes."""
    buffer = io.BytesIO()
    _AUTHORS[kind]().save(buffer)
    return archive.write_members(archive.read_members(buffer.getvalue()))


def stale_forms() -> list[str]:
    """Name the forms whose committed template is not what their author draws."""
    return [
        kind
        for kind in _AUTHORS
        if not (path := _template(kind)).exists()
        or archive.read_members(path.read_bytes()) != archive.read_members(draw(kind))
    ]


def main() -> int:
    """Draw all templates, or with `--check` say which are stale."""
    if "--check" in sys.argv[1:]:
        stale = stale_forms()
        for kind in stale:
            sys.stderr.write(f"{kind}: template.docx khác với bản vẽ từ author.py\n")
        return 1 if stale else 0
    for kind in _AUTHORS:
        _template(kind).write_bytes(draw(kind))
    return 0


def _template(kind: str) -> Path:
    return _FOLDER / kind / "template.docx"


if __name__ == "__main__":
    sys.exit(main())
