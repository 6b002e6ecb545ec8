"""`/dang-nhap`, `/mat-khau`: signing in and out, one's own password."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from records.errors import Conflict
from service.guarding import COOKIE, actor, address_of_caller
from service.throttling import Throttle
from service.web.showing import desk
from service.workflow import access
from service.workflow.access import SignInRefused

blueprint = Blueprint("web_access", __name__)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for login and password; lead back to the page that was asked for."""
    back = _inside(request.args.get("ve", ""))
    if request.method == "GET":
        return render_template("sign_in.html", login="", fault="")
    login = request.form.get("login", "").strip()[:64]
    throttle: Throttle = current_app.extensions["throttle"]
    address = address_of_caller()
    if wait := throttle.wait(address, desk().now()):
        minutes = -(-int(wait.total_seconds()) // 60)
        fault = f"Nhiều lần đăng nhập sai từ máy này; thử lại sau {minutes} phút."
        headers = {"Retry-After": str(minutes * 60)}
        return render_template("sign_in.html", login=login, fault=fault), 429, headers
    try:
        token = access.sign_in(desk(), login, request.form.get("password", ""))
    except SignInRefused as error:
        throttle.note_wrong(address, desk().now())
        return render_template("sign_in.html", login=login, fault=str(error)), 403
    answer = redirect(back, 303)
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(access.LONGEST.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return answer


@blueprint.post("/dang-xuat")
def sign_out() -> ResponseReturnValue:
    """End the sign-in of this browser."""
    access.sign_out(desk(), request.cookies.get(COOKIE, ""))
    answer = redirect(url_for(".sign_in"), 303)
    answer.delete_cookie(COOKIE)
    return answer


@blueprint.get("/mat-khau")
def password_form() -> str:
    """Ask for the password of today and the new one."""
    return render_template("password.html", faults=[])


@blueprint.post("/mat-khau")
def change_password() -> ResponseReturnValue:
    """Change one's own password; every browser signs in again."""
    login = actor().login
    try:
        if request.form.get("new", "") != request.form.get("again", ""):
            raise Conflict("Hai lần gõ mật khẩu mới không giống nhau.")
        access.check_password(request.form.get("new", ""))
        access.sign_out(desk(), access.sign_in(desk(), login, request.form.get("old", "")))
        access.set_password(desk(), login, request.form.get("new", ""), by=login)
    except (Conflict, SignInRefused) as error:
        return render_template("password.html", faults=[str(error)]), 422
    return redirect(url_for(".sign_in"), 303)


def _inside(address: str) -> str:
    """Lead only to a page of ours: an address of another site is the desk."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return url_for("web_home.home")
    return address if "\\" not in address else url_for("web_home.home")
