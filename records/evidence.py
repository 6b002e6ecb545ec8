"""From rows to facts: what the rules may know of a nomination, read from all that is kept.

Rules see frozen facts and no database (`records.rules`). A whole dossier is gathered at once:
the names of fifty thousand awards are read a single time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from records import dossiers, rulings
from records.archive import Document, DocumentState
from records.awards import AwardTitle
from records.base import fold
from records.bodies import Unit
from records.campaigns import Campaign
from records.dossiers import Dossier, DossierState
from records.lookalikes import (
    Others,
    Places,
    award_of,
    category_of,
    deed_of,
    identity_of,
    names_kept,
    unit_of,
)
from records.nominations import Nomination
from records.rules import facts
from records.rules.counts import Filing, QuotaUse
from records.rules.facts import Award, Facts

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a campaign's plan says of a nomination: its quotas, and whether it came in time."""

    quotas: tuple[QuotaUse, ...] = ()
    filings: tuple[Filing, ...] = ()


def day_made(nomination: Nomination, dossier: Dossier | None) -> date:
    """Tell the day whose law applies: that of the unit's submission, else of the entry."""
    if dossier is not None and dossier.submission_on is not None:
        return dossier.submission_on
    return nomination.created_at.astimezone(_VIETNAM).date()


def gather(
    session: Session,
    lines: Sequence[Nomination],
    *,
    stage: facts.Stage,
    counts: Mapping[int, Counts] | None = None,
) -> dict[int, Facts]:
    """Gather the facts of several nominations, by their ids.

    `counts` adds what the campaign's plan says, by nomination. A line whose award no rule
    speaks of is left out.
    """
    titles = {title.id: title for title in session.scalars(select(AwardTitle))}
    awards = {key: award for key, title in titles.items() if (award := award_of(title))}
    places = Places.read(session)
    others = Others.find(session, lines, names_kept(session), awards, places)
    ruled = rulings.rulings_on(session, [line.id for line in lines])
    filed = {
        key: _filed(session, session.get_one(Dossier, key))
        for key in {line.dossier_id for line in lines if line.dossier_id is not None}
    }
    campaigns = {one.id: one for one in session.scalars(select(Campaign))}
    found = {}
    for line in lines:
        if line.award_title_id not in awards:
            continue
        past, pending = others.of(line)
        campaign = campaigns.get(line.campaign_id or 0)
        counted = (counts or {}).get(line.id, Counts())
        found[line.id] = Facts(
            nominee=_nominee(line, places),
            proposal=_proposal(line, awards[line.award_title_id], campaign, places),
            stage=stage,
            past=past,
            pending=pending,
            rulings=tuple(
                facts.Ruling(
                    against=ruling.against,
                    is_duplicate=ruling.is_duplicate,
                    reason=ruling.reason,
                    by=ruling.by,
                )
                for ruling in ruled[line.id].values()
            ),
            dossier=filed.get(line.dossier_id or 0),
            quotas=counted.quotas,
            filings=counted.filings,
        )
    return found


def _nominee(line: Nomination, places: Places) -> facts.NomineeFacts:
    return facts.NomineeFacts(
        who=identity_of(line, places),
        origin=facts.Origin(line.origin) if line.origin else None,
        lives_here=line.lives_here,
        is_law_abiding=line.law_abiding,
        is_female=fold(line.gender) == "nu",
        is_frontline=line.is_frontline,
        holds=tuple(facts.Hold(word) for word in line.holds),
    )


def _proposal(
    line: Nomination, award: Award, campaign: Campaign | None, places: Places
) -> facts.ProposedGrant:
    category = category_of(line)
    if category is None and campaign is not None and campaign.movement:
        category = facts.Category.MOVEMENT
    return facts.ProposedGrant(
        award=award,
        level=facts.Level(line.level.value),
        deed=deed_of(line),
        unit=unit_of(line, places),
        area=places.areas[line.body_id],
        category=category,
        is_beyond_duty=line.beyond_duty,
        is_not_for_own_gain=line.not_for_own_gain,
        helps_others=line.helps_others,
    )


def _filed(session: Session, dossier: Dossier) -> facts.FiledDossier | None:
    """Say what came in; a dossier that was not handed in yet is asked for nothing."""
    if dossier.state is DossierState.DRAFT:
        return None
    unit = session.get(Unit, dossier.unit_id) if dossier.unit_id else None
    papers = [
        facts.FiledPaper(kind=facts.PaperKind(one.paper_kind.value), is_confirmed=one.is_confirmed)
        for one in dossiers.papers_of(session, dossier)
        if one.is_present
    ]
    made_here = select(Document.kind).where(
        Document.dossier_id == dossier.id, Document.state == DocumentState.ISSUED
    )
    here = {_MADE_HERE[kind] for kind in session.scalars(made_here) if kind in _MADE_HERE}
    papers += [
        facts.FiledPaper(kind=kind, is_confirmed=True)
        for kind in sorted(here - {paper.kind for paper in papers})
    ]
    return facts.FiledDossier(papers=tuple(papers), through=unit.route if unit else "")


_MADE_HERE = {
    "submission": facts.PaperKind.SUBMISSION,
    "profile_extract": facts.PaperKind.PROFILE_EXTRACT,
}
