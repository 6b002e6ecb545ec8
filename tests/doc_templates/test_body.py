"""The text of a paper in the style of each level."""

from doc_templates.parts import body


def test_the_title_of_an_article_is_bold_as_its_number_is():
    article, *_ = body.make_body("Điều 1. Phạm vi điều chỉnh\n\n1. Một.\n\n2. Hai.")

    assert [(run.text, run.bold) for run in article.runs] == [
        ("Điều\u00a01. ", True),
        ("Phạm vi điều chỉnh", True),
    ]


def test_the_sentence_of_an_article_is_not_bold():
    article, *_ = body.make_body("Điều 1. Tặng Giấy khen.\n\nĐiều 2. Thi hành.")

    assert [run.bold for run in article.runs] == [True, False]
