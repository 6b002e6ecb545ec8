"""Where a title is broken over lines: never within a word, as a clerk would do it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_samples import make_issuer, make_nominee, make_paper, make_signature, texts_of

from doc_templates import catalogue, compounds, decree30
from doc_templates.paper import Subject
from doc_templates.parts import letterhead


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("TRƯỜNG TIỂU HỌC HOA PHƯỢNG", "TRƯỜNG TIỂU_HỌC HOA PHƯỢNG"),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "HỘI_ĐỒNG THI_ĐUA_-_KHEN_THƯỞNG"),
        ("HẠ TẦNG VÀ ĐÔ THỊ", "HẠ_TẦNG VÀ_ĐÔ_THỊ"),
        ("Uỷ ban nhân dân", "Uỷ_ban_nhân_dân"),
        ("gương “Toàn dân", "gương “Toàn_dân"),
        ("xây dựng đời sống văn hoá”", "xây_dựng đời_sống văn_hoá”"),
        ("quý I năm 2026", "quý_I năm_2026"),
        ("giai đoạn 2021 - 2026", "giai_đoạn_2021_-_2026"),
        ("trên phường Hai Bà Trưng đã", "trên phường_Hai_Bà_Trưng đã"),
        ("phường Bến Ngự, Sở", "phường_Bến_Ngự, Sở"),
        ("UBND PHƯỜNG HAI BÀ TRƯNG", "UBND PHƯỜNG_HAI_BÀ_TRƯNG"),
        ("thành phố Hà Nội", "thành_phố_Hà_Nội"),
        ("", ""),
    ],
)
def test_words_places_and_figures_are_held_together(text, held):
    assert compounds.hold_words(text) == held.replace("_", "\u00a0")


@given(st.text("thi đua - khen thưởng VÀ và năm 2026 phường Ô “”,"))
def test_holding_words_changes_nothing_but_spaces(text):
    assert compounds.hold_words(text).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "TRƯỜNG TRUNG HỌC CƠ SỞ NGUYỄN PHONG SẮC",
            ("TRƯỜNG TRUNG HỌC CƠ SỞ", "NGUYỄN PHONG SẮC"),
        ),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG")),
        ("PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ", ("PHÒNG KINH TẾ,", "HẠ TẦNG VÀ ĐÔ THỊ")),
        ("SỞ VĂN HÓA VÀ THỂ THAO", ("SỞ VĂN HÓA VÀ THỂ THAO",)),
    ],
)
def test_a_long_name_in_the_letterhead_is_broken_between_words(name, lines):
    paper = make_paper(issuer=make_issuer(name=(name,)))

    assert letterhead.make_letterhead(paper).name == lines


def test_a_page_that_lies_across_has_room_for_a_long_name_on_one_line():
    paper = make_paper("profile_extract", issuer=make_issuer(name=("TRƯỜNG TIỂU HỌC HOA PHƯỢNG",)))

    assert texts_of(catalogue.merge(paper), "IssuingBody") == ["TRƯỜNG TIỂU HỌC HOA PHƯỢNG"]


def test_a_title_whose_words_do_not_fit_held_together_is_still_broken_to_fit():
    lines = letterhead.break_title("THI ĐUA - KHEN THƯỞNG", decree30.ISSUING_BODY, 40)

    assert lines == ("THI ĐUA -", "KHEN THƯỞNG")


def test_the_title_of_a_list_does_not_part_danh_from_hieu():
    paper = make_paper(annex_title="cá nhân được tặng danh hiệu “Người tốt, việc tốt”")

    assert texts_of(catalogue.merge(paper), "AnnexTitle") == [
        "CÁ NHÂN ĐƯỢC TẶNG DANH HIỆU\n“NGƯỜI TỐT, VIỆC TỐT”"
    ]


def test_a_post_too_long_for_its_line_is_broken_before_the_place():
    signature = make_signature(
        on_behalf_of="HỘI ĐỒNG", office_post="Phó Chủ tịch UBND phường Hai Bà Trưng"
    )

    merged = catalogue.merge(make_paper(signature=signature))

    assert texts_of(merged, "AuthorityLine") == [
        "TM. HỘI ĐỒNG",
        "CHỦ TỊCH",
        "PHÓ\u00a0CHỦ\u00a0TỊCH UBND PHƯỜNG\u00a0HAI\u00a0BÀ\u00a0TRƯNG",
    ]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("decision", "TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG"),
        ("submission", "TẬP THỂ, CÁ NHÂN ĐỀ NGHỊ KHEN THƯỞNG"),
    ],
)
def test_a_list_without_a_title_says_who_is_on_it(kind, title):
    nominees = (make_nominee(), make_nominee("Tổ 7", subject=Subject.COLLECTIVE))

    merged = catalogue.merge(make_paper(kind, nominees=nominees))

    assert texts_of(merged, "AnnexTitle") == [title]


def test_the_authority_of_a_decision_is_the_full_name_of_the_body():
    council = make_issuer(
        name=("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",),
        full_name="Hội đồng Thi đua - Khen thưởng Phường Hai Bà Trưng",
    )
    paper = make_paper(issuer=council, signature=make_signature(on_behalf_of="HỘI ĐỒNG"))

    assert texts_of(catalogue.merge(paper), "Authority")[0] == (
        "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG PHƯỜNG HAI BÀ TRƯNG"
    )
