"""Giấy khen and Giấy chứng nhận: set straight on the sheet, over a background all of them share.

A certificate is no paper of the decree: it has a sheet of its own (A4 lying), its lines have
fixed places, and it is often printed over a stock that bears frame and title already.
"""

from doc_templates.certificates.arrangement import Arrangement, Slot, default_arrangement, read
from doc_templates.certificates.calibration import calibration_sheet
from doc_templates.certificates.drawing import Mode, draw
from doc_templates.certificates.fitting import Fault, Fit, fit_all
from doc_templates.certificates.values import Certificate

__all__ = [
    "Arrangement",
    "Certificate",
    "Fault",
    "Fit",
    "Mode",
    "Slot",
    "calibration_sheet",
    "default_arrangement",
    "draw",
    "fit_all",
    "read",
]
