"""What all pages share: the desk, who acts, words for values, pages of lists, problems."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from flask import current_app, render_template, request, url_for

from doc_templates import catalogue, wording
from doc_templates.kinds import DocumentKind
from records.bodies import COMMON_SERIES
from records.errors import NotFound
from records.registers import Register
from service.guarding import actor
from service.problems import Problem
from service.workflow.desk import Desk
from service.workflow.dossier_papers import kind_title

PAGE_SIZE: Final = 20
_LAST_PAGE: Final = 100_000

#: What to do, by the status of a problem.
_ADVICE: Final = {
    400: "Quay lại trang trước, tải lại trang rồi làm lại.",
    403: "Mở lại trang từ Bàn làm việc rồi làm lại; đừng gửi biểu mẫu từ trang khác.",
    404: "Kiểm tra lại địa chỉ, hoặc tìm trong Bàn làm việc và Sổ văn bản.",
    405: "Mở lại trang từ Bàn làm việc rồi dùng nút trên trang.",
    409: "Mở lại hồ sơ hoặc văn bản để xem tình trạng hiện nay rồi làm tiếp.",
    413: "Rút ngắn nội dung, hoặc chuyển phần dài sang phụ lục, rồi gửi lại.",
    422: "Quay lại trang trước, sửa những chỗ được nêu rồi gửi lại.",
    500: "Thử lại một lần; nếu vẫn vậy, báo người quản trị kèm mã sự cố ở trên.",
    503: "Đợi vài giây rồi tải lại trang.",
}


def form_in_address(kind: str) -> catalogue.Form:
    """Give the form of a kind that an address or a page names.

    Raises:
        NotFound: there is none.
    """
    if kind not in {form.kind for form in catalogue.list_forms()}:
        raise NotFound("biểu mẫu loại", kind)
    return catalogue.get_form(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list: its number from 1, the lines of a page, how many there are in all.

    `name` is the name of the page's number in the address, `anchor` the list's id.
    """

    number: int
    total: int
    size: int = PAGE_SIZE
    name: str = "trang"
    anchor: str = ""

    @property
    def last(self) -> int:
        """The number of the last page; 1 where the list is empty."""
        return max(1, -(-self.total // self.size))

    def link(self, number: int) -> str:
        """Give the address of another page of the same list; other lists stay where they are."""
        kept: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {})}
        kept[self.name] = number
        return url_for(request.endpoint or "", _anchor=self.anchor or None, **kept)


def desk() -> Desk:
    """Give the desk of the running application."""
    found: Desk = current_app.extensions["desk"]
    return found


def clerk() -> str:
    """Name who acts, for the log: the login, or “web” where nobody has an account."""
    return actor().login


def page_number(name: str = "trang") -> int:
    """Read which page of a list is asked for; anything that is no number is the first."""
    text = request.args.get(name, "1")
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        return 1
    return min(max(1, int(text)), _LAST_PAGE)


def show_problem(problem: Problem) -> str:
    """Show a problem as a page: where, what was found, what to do, and a way back."""
    return render_template(
        "problem.html",
        problem=problem,
        advice=_ADVICE.get(problem.status, "Quay lại trang trước rồi làm lại."),
        back=_page_before(),
    )


def print_day(day: date | None) -> str:
    """Print a day as references do, `07/3/2017`; "" where there is none."""
    return wording.print_short_date(day) if day else ""


def series_title(register: Register) -> str:
    """Name a book by its series: the common one, one kind of paper, or the body's own group."""
    if register.series == COMMON_SERIES:
        return "Chung cho mọi loại văn bản"
    if register.series in set(DocumentKind):
        return DocumentKind(register.series).title
    return register.series


#: What templates print values with.
FILTERS: Final[dict[str, Callable[..., str]]] = {
    "day": print_day,
    "kind_title": kind_title,
    "series_title": series_title,
}


def _page_before() -> str | None:
    """Give the page that led here, if it is one of ours and not this very one."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or before.path == request.path:
        return None
    return f"/{before.path.lstrip('/')}"  # two strokes would begin another site's address
