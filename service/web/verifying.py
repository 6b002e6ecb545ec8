"""`/kiem-tra`: anybody who holds a paper sees whether it is ours and still holds."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.errors import NotFound
from service.web.showing import desk
from service.workflow import verifying

blueprint = Blueprint("web_verifying", __name__, url_prefix="/kiem-tra")
#: No issued paper is larger.
_LARGEST_FILE = 8 * 1024 * 1024


@blueprint.get("")
def form() -> ResponseReturnValue:
    """Ask for the code on the paper."""
    code = request.args.get("ma", "").strip().lower()
    if code:
        return redirect(url_for(".show", code=code[:64]), 303)
    return render_template("verify.html", found=None, typed="", fault="", same=None)


@blueprint.route("/<code>", methods=["GET", "POST"])
def show(code: str) -> ResponseReturnValue:
    """Show what the code stands for; a file that is sent is compared, and not kept."""
    try:
        found = verifying.verify(desk(), code)
    except NotFound:
        fault = "Không có văn bản nào mang mã này: gõ lại, hoặc văn bản không do cơ quan này lập."
        page = render_template("verify.html", found=None, typed=code[:64], fault=fault, same=None)
        return page, 404
    same = None
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        same = verifying.is_the_same(found, sent.read(_LARGEST_FILE))
    return render_template("verify.html", found=found, typed=code, fault="", same=same)
