"""All that a rule may know, as frozen data: who, what for, what was granted before.

The closed sets hold the same values as those of the records (`awards.Subject`, `awards.Level`);
a test keeps them alike, since the rules import nothing that needs a database. Identity numbers
come in as any text that is equal when the numbers are: a digest serves as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from records.rules.counts import Filing, QuotaUse
from records.rules.span import Span

HANOI = "ha-noi"
"""The area whose regulation on “Người tốt, việc tốt” applies, as `law/*.toml` names it."""


class Subject(StrEnum):
    """Who can be awarded."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"

    @property
    def label(self) -> str:
        """The Vietnamese word for people."""
        return _SUBJECT_LABELS[self]


_SUBJECT_LABELS = {
    Subject.INDIVIDUAL: "cá nhân",
    Subject.COLLECTIVE: "tập thể",
    Subject.HOUSEHOLD: "hộ gia đình",
}


class Level(StrEnum):
    """Whose award it is, from the State down to the single unit."""

    STATE = "state"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    GRASSROOTS = "grassroots"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    Level.STATE: "cấp Nhà nước",
    Level.PROVINCE: "cấp bộ, ban, ngành, tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
    Level.GRASSROOTS: "cấp cơ sở",
}


class Award(StrEnum):
    """What is given, as far as a rule tells it apart; the value names its prize in `law/`."""

    GOOD_DEED = "ntvt"
    MERIT_PAPER = "giay_khen"
    MERIT_CERTIFICATE = "bang_khen"
    PRIME_MINISTERS_CERTIFICATE = "bang_khen_ttg"
    ADVANCED_WORKER = "ldtt"
    GRASSROOTS_FIGHTER = "cstd_co_so"
    PROVINCIAL_FIGHTER = "cstd_tinh"
    NATIONAL_FIGHTER = "cstd_toan_quoc"
    ADVANCED_COLLECTIVE = "tap_the_ldtt"
    EXCELLENT_COLLECTIVE = "tap_the_ldxs"

    @property
    def label(self) -> str:
        """The name as an official writes it."""
        return _AWARD_LABELS[self]

    @property
    def is_title(self) -> bool:
        """Tell a title of emulation (danh hiệu) from a form of commendation (hình thức)."""
        return self not in _FORMS


_AWARD_LABELS = {
    Award.GOOD_DEED: "danh hiệu “Người tốt, việc tốt”",
    Award.MERIT_PAPER: "Giấy khen",
    Award.MERIT_CERTIFICATE: "Bằng khen cấp bộ, ban, ngành, tỉnh",
    Award.PRIME_MINISTERS_CERTIFICATE: "Bằng khen của Thủ tướng Chính phủ",
    Award.ADVANCED_WORKER: "danh hiệu “Lao động tiên tiến”",
    Award.GRASSROOTS_FIGHTER: "danh hiệu “Chiến sĩ thi đua cơ sở”",
    Award.PROVINCIAL_FIGHTER: "danh hiệu Chiến sĩ thi đua cấp bộ, ban, ngành, tỉnh",
    Award.NATIONAL_FIGHTER: "danh hiệu “Chiến sĩ thi đua toàn quốc”",
    Award.ADVANCED_COLLECTIVE: "danh hiệu “Tập thể lao động tiên tiến”",
    Award.EXCELLENT_COLLECTIVE: "danh hiệu “Tập thể lao động xuất sắc”",
}
_FORMS = (Award.MERIT_PAPER, Award.MERIT_CERTIFICATE, Award.PRIME_MINISTERS_CERTIFICATE)


class Category(StrEnum):
    """The sorts of commendation (loại hình khen thưởng; Luật Thi đua, khen thưởng 2022, Điều 8)."""

    MERIT = "cong_trang"
    SUDDEN = "dot_xuat"
    MOVEMENT = "phong_trao"
    LIFETIME = "cong_hien"
    SENIORITY = "nien_han"
    FOREIGN_RELATIONS = "doi_ngoai"

    @property
    def label(self) -> str:
        """The Vietnamese words for people."""
        return _CATEGORY_LABELS[self]


_CATEGORY_LABELS = {
    Category.MERIT: "khen thưởng công trạng",
    Category.SUDDEN: "khen thưởng đột xuất",
    Category.MOVEMENT: "khen thưởng phong trào thi đua",
    Category.LIFETIME: "khen thưởng quá trình cống hiến",
    Category.SENIORITY: "khen thưởng theo niên hạn",
    Category.FOREIGN_RELATIONS: "khen thưởng đối ngoại",
}


class Origin(StrEnum):
    """Whose citizen the nominee is."""

    VIETNAMESE = "vietnamese"
    VIETNAMESE_ABROAD = "vietnamese_abroad"
    FOREIGN = "foreign"


class Hold(StrEnum):
    """Why a nominee cannot be commended for the time being (KT-04)."""

    DISCIPLINE = "discipline"
    INVESTIGATION = "investigation"
    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    PRESS = "press"

    @property
    def label(self) -> str:
        """What is going on, in Vietnamese."""
        return _HOLD_LABELS[self]


_HOLD_LABELS = {
    Hold.DISCIPLINE: "đang xem xét kỷ luật",
    Hold.INVESTIGATION: "đang bị điều tra",
    Hold.INSPECTION: "đang thanh tra, kiểm tra có dấu hiệu vi phạm",
    Hold.COMPLAINT: "có đơn thư khiếu nại, tố cáo đang xác minh",
    Hold.PRESS: "báo chí nêu, đang xác minh",
}


class Stage(StrEnum):
    """How far the matter has come: a ceiling warns before the decision and stops there."""

    NOMINATING = "nominating"
    DECIDING = "deciding"


class PaperKind(StrEnum):
    """The papers of a dossier for “Người tốt, việc tốt” (as in `dossiers.PaperKind`)."""

    SUBMISSION = "H-01"
    PROFILE_EXTRACT = "H-02"
    RESIDENCE_CONFIRMATION = "H-03"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who it is, as far as two records can be compared; empty text and `None`: not known."""

    name: str
    subject: Subject = Subject.INDIVIDUAL
    birth: Span | None = None
    identity: str = ""
    person_key: str = ""
    """The key under which the office keeps the person across the years."""
    unit_names: tuple[str, ...] = ()
    """Where the nominee works or lives: the name of today and those before and after a merger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done, in the words of the dossier."""

    text: str = ""
    done: Span | None = None
    """The day, or the days among which it lies; `None`: not stated."""
    key: str = ""
    """The office's own key, where two lines are known to tell of one deed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NomineeFacts:
    """The nominee. `None` in an answer: the question was not answered."""

    who: Identity
    origin: Origin | None = None
    lives_here: bool | None = None
    """Lives, studies or works in the area of the body."""
    is_law_abiding: bool | None = None
    is_female: bool = False
    female_percent: int | None = None
    """Of a collective: how many of a hundred members are women; `None`: not counted."""
    is_frontline: bool = False
    """A local cadre or somebody in direct labour, who goes first among equals."""
    is_on_payroll: bool | None = None
    """Within the establishment (biên chế); kept for statistics, no rule excludes by it."""
    holds: tuple[Hold, ...] = ()
    disciplined: Span | None = None
    """Under discipline from the first to the last day; still serving: the last day lies ahead."""
    maternity_days: int = 0
    """Days of maternity leave within the time that is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedGrant:
    """What a unit proposes for the nominee."""

    award: Award
    level: Level
    deed: Deed
    unit: str
    """The proposing unit, as named today."""
    area: str = HANOI
    """Whose local regulation applies."""
    category: Category | None = None
    period: Span | None = None
    """The time whose work is commended, where it is not one deed."""
    basis: tuple[Category, ...] = ()
    """The sorts of the earlier commendations that the proposal rests on."""
    is_beyond_duty: bool | None = None
    is_not_for_own_gain: bool | None = None
    helps_others: bool | None = None
    """Of use to people, a body, a unit, the community or society."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGrant:
    """An award received."""

    key: str
    """How the office finds it again; a ruling names it."""
    who: Identity
    award: Award
    level: Level
    deed: Deed
    granted_on: date
    decision: str = ""
    """“Quyết định số 125/QĐ-UBND ngày 10/10/2025”."""
    category: Category | None = None
    period: Span | None = None
    """The time of the achievement as the decision states it; `None`: it states none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingNomination:
    """Another line that waits for a decision, in this or another unit's dossier."""

    key: str
    who: Identity
    award: Award
    level: Level
    deed: Deed
    unit: str
    period: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a clerk decided about one match, and why; it stands above the score."""

    against: str
    """The key of the past grant or of the pending nomination."""
    is_duplicate: bool
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledPaper:
    """One paper of the dossier."""

    kind: PaperKind
    is_confirmed: bool | None = None
    """Signed by the head of the proposing unit; `None`: nobody has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledDossier:
    """What came in."""

    papers: tuple[FiledPaper, ...] = ()
    sets: int = 1
    through: str = ""
    """Through whom it was filed; empty: not stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One nomination with everything it is judged by."""

    nominee: NomineeFacts
    proposal: ProposedGrant
    stage: Stage = Stage.NOMINATING
    past: tuple[PastGrant, ...] = ()
    pending: tuple[PendingNomination, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    dossier: FiledDossier | None = None
    """`None`: nothing was filed yet, and no paper is asked for."""
    quotas: tuple[QuotaUse, ...] = ()
    """The quotas this nomination counts against, itself included in the count."""
    filings: tuple[Filing, ...] = ()
