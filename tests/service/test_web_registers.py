"""The pages of the books."""

from flask.testing import FlaskClient

from tests.service.web_pages import drafted, get


def test_the_book_shows_the_ten_columns_of_the_decree(client: FlaskClient, dossier_id: int) -> None:
    address = drafted(client, dossier_id)
    client.post(f"{address}/ban-hanh", data={"issued_on": "09/10/2026"})

    page = get(client, "/so-van-ban/1")

    assert [" ".join(head.text_content().split()) for head in page.xpath("//thead//th")] == [
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung",
        "Người ký",
        "Nơi nhận văn bản",
        "Đơn vị, người nhận bản lưu",
        "Số lượng bản",
        "Ngày chuyển",
        "Ký nhận",
        "Ghi chú",
    ]
    line = page.xpath("//tr[@id='so-1']")[0].text_content()
    assert "01/TTr-THHP" in line
    assert "Ngô Thị Tường Khuê" in line
    link = get(client, address).xpath("//a[contains(@href, '/so-van-ban/')]/@href")
    assert link == ["/so-van-ban/1?trang=1#so-1"]
