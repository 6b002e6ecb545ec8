"""The face for clerks: Vietnamese pages in a browser."""

from service.web import pages
from service.web.pages import show_problem

__all__ = ["BLUEPRINTS", "show_problem"]

BLUEPRINTS = (pages.blueprint,)
