"""What stands in a paper and is not understood: each construct once for each place."""

from dataclasses import dataclass, field
from typing import Final

from doc_templates.errors import PaperFinding

#: Beyond this many, a file is of another kind and more names help nobody.
MOST_FINDINGS: Final = 50
_QUOTED: Final = 40


@dataclass(slots=True)
class Findings:
    """Gathers findings; `part`, `paragraph` and `quoted` say where the reader stands now."""

    part: str = "thân văn bản"
    paragraph: int = 0
    quoted: str = ""
    found: dict[tuple[str, str, int], PaperFinding] = field(default_factory=dict)

    def refuse(self, construct: str) -> None:
        """Say that a construct is not supported here."""
        key = (construct, self.part, self.paragraph)
        if len(self.found) < MOST_FINDINGS and key not in self.found:
            self.found[key] = PaperFinding(
                part=self.part,
                paragraph=self.paragraph,
                quoted=shorten(self.quoted),
                construct=construct,
            )


def shorten(text: str) -> str:
    """Give the opening of a text, for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
