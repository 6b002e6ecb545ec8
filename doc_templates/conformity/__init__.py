"""Checks any official Word file against Nghị định 30/2020/NĐ-CP, as a strict văn thư would.

The file is read as a stranger's: parts are recognised from what stands on the page.
"""

from doc_templates.conformity.checking import RULES, check, parts_of
from doc_templates.conformity.findings import Answer, Finding, Report, Severity
from doc_templates.conformity.fixing import Change, Fixed, fix

__all__ = [
    "RULES",
    "Answer",
    "Change",
    "Finding",
    "Fixed",
    "Report",
    "Severity",
    "check",
    "fix",
    "parts_of",
]
