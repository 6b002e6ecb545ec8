"""`/tim`: one box for papers, dossiers, people and units, with or without accents."""

from flask import Blueprint, render_template, request

from records import bodies, finding
from service.guarding import actor
from service.web.showing import desk
from service.workflow import access

blueprint = Blueprint("web_searching", __name__, url_prefix="/tim")
_LONGEST = 200


@blueprint.get("")
def show() -> str:
    """Show what holds all the words of `?q=` among what is open to who asks."""
    text = " ".join(request.args.get("q", "")[:_LONGEST].replace("\0", " ").split())
    with desk().reading() as session:
        own = None
        if actor().body_id is not None:
            own = {
                body.id
                for body in bodies.bodies(session)
                if access.is_open(session, actor(), body.id)
            }
        found = finding.find(session, text, body_ids=own)
        return render_template("search.html", text=text, found=found, most=finding.MOST)
