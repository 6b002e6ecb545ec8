"""The home page, and a problem as a page for people."""

from flask import Blueprint, render_template

from service.problems import Problem

blueprint = Blueprint("web_pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Show what lies on the desk."""
    return render_template("home.html")


def show_problem(problem: Problem) -> str:
    """Show a problem as a page: what happened, where, what to do."""
    return render_template("problem.html", problem=problem)
