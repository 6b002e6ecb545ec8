"""What the office keeps, and the rules it keeps by.

Open a module as one opens a book: `from records import registers`, then
`registers.allocate(session, ...)`. Functions take a session first and never commit.
"""

from records import (
    accounts,
    audit,
    awards,
    blobs,
    bodies,
    campaigns,
    contributions,
    council,
    documents,
    dossiers,
    errors,
    grants,
    handovers,
    jobs,
    movements,
    nominations,
    people,
    registers,
    rulings,
    versions,
)
from records.base import PartialDate, fold
from records.store import Store

__all__ = [
    "PartialDate",
    "Store",
    "accounts",
    "audit",
    "awards",
    "blobs",
    "bodies",
    "campaigns",
    "contributions",
    "council",
    "documents",
    "dossiers",
    "errors",
    "fold",
    "grants",
    "handovers",
    "jobs",
    "movements",
    "nominations",
    "people",
    "registers",
    "rulings",
    "versions",
]
