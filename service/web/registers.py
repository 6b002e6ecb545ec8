"""`/so-van-ban`: the books of outgoing documents, and the ten columns of each."""

from flask import Blueprint, Response, render_template

from records import bodies, registers
from records.bodies import IssuingBody
from records.errors import NotFound
from service.downloads import disposition
from service.guarding import actor
from service.web.showing import PAGE_SIZE, Page, desk, page_number
from service.workflow import access, bookkeeping

blueprint = Blueprint("web_registers", __name__, url_prefix="/so-van-ban")


@blueprint.get("")
def index() -> str:
    """List the books of every body, the latest year first."""
    with desk().reading() as session:
        books = [
            (body, book)
            for body in bodies.bodies(session)
            if access.is_open(session, actor(), body.id)
            for book in registers.registers_of(session, body)
        ]
        return render_template("registers.html", books=books)


@blueprint.get("/<int(max=2147483647):register_id>")
def show(register_id: int) -> str:
    """Show one page of a book.

    Raises:
        NotFound: there is no such book.
    """
    number = page_number()
    with desk().reading() as session:
        register = session.get(registers.Register, register_id)
        if register is None:
            raise NotFound("sổ đăng ký văn bản đi", register_id)
        lines, total = registers.entries(session, register, page=number, size=PAGE_SIZE)
        return render_template(
            "register.html",
            register=register,
            body=session.get_one(IssuingBody, register.body_id),
            lines=lines,
            page=Page(number=number, total=total),
        )


@blueprint.get("/<int(max=2147483647):register_id>/so.pdf")
def print_book(register_id: int) -> Response:
    """Send a whole book as PDF, cover and all.

    Raises:
        NotFound: there is no such book.
    """
    content, name = bookkeeping.print_book_of(desk(), register_id)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = disposition(name)
    return response
