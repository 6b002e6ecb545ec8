"""`/`: Bàn làm việc, what lies on the desk."""

from flask import Blueprint, render_template

from records import documents, dossiers
from service.guarding import actor
from service.web.showing import FILTERS, PAGE_SIZE, Page, desk, page_number
from service.workflow import dossier_papers

blueprint = Blueprint("web_home", __name__)
RECENT_SIZE = 10
for word, print_value in FILTERS.items():
    blueprint.add_app_template_filter(print_value, word)


@blueprint.get("/")
def home() -> str:
    """Show the dossiers with what can be done next, and the documents made last."""
    number, number_of_papers = page_number(), page_number("trang-van-ban")
    with desk().reading() as session:
        mine = actor().body_id
        found, total = dossiers.list_dossiers(session, body_id=mine, page=number, size=PAGE_SIZE)
        papers, papers_total = documents.list_documents(
            session, body_id=mine, page=number_of_papers, size=RECENT_SIZE
        )
        return render_template(
            "home.html",
            dossiers=[dossier_papers.overview(session, dossier) for dossier in found],
            documents=papers,
            dossier_page=Page(number=number, total=total, anchor="ho-so"),
            document_page=Page(
                number=number_of_papers,
                total=papers_total,
                size=RECENT_SIZE,
                name="trang-van-ban",
                anchor="van-ban",
            ),
        )
