"""The face for clerks: Vietnamese pages in a browser."""

from service.web import (
    access,
    accounts,
    campaigns,
    certificates,
    checking,
    documents,
    dossiers,
    drafting,
    golden_book,
    home,
    nominations,
    paper_forms,
    registers,
    reviews,
    searching,
    sheets,
    sketching,
    steps,
    verifying,
)
from service.web.showing import show_problem

__all__ = ["BLUEPRINTS", "show_problem"]

BLUEPRINTS = (
    home.blueprint,
    dossiers.blueprint,
    documents.blueprint,
    drafting.blueprint,
    sketching.blueprint,
    certificates.blueprint,
    registers.blueprint,
    checking.blueprint,
    paper_forms.blueprint,
    reviews.blueprint,
    steps.blueprint,
    sheets.blueprint,
    nominations.blueprint,
    verifying.blueprint,
    golden_book.blueprint,
    searching.blueprint,
    campaigns.blueprint,
    access.blueprint,
    accounts.blueprint,
)
