"""The bodies of the five real papers, every item at its level."""

import re
import tomllib
from pathlib import Path

import pytest

from doc_templates.outline import Block, BlockKind, parse, set_end_mark, to_text

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
SKELETONS = tomllib.loads(
    (ROOT / "fixtures" / "outline_cases" / "seeds.toml").read_text(encoding="utf-8")
)["seed"]

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="NOT RUN, needs ../shared/seeds")


def body_of(seed: dict) -> str:
    """The words between the list of addressees, or the abstract, and `Nơi nhận`."""
    paper = (SEEDS / seed["file"]).read_text(encoding="utf-8")
    start = paper.index("\n" + seed["begins"])
    end = re.search(r"\nN[ơo]i nhận", paper)
    assert end is not None
    return paper[start : end.start()]


def skeleton(block: Block) -> str:
    kind = f"{block.kind}!" if block.is_heading else str(block.kind)
    first_words = " ".join(block.text.split()[:3])
    return " ".join(part for part in (kind, block.marker, first_words) if part)


def seeds(function):
    return pytest.mark.parametrize("seed", SKELETONS, ids=lambda seed: seed["file"])(function)


@seeds
def test_every_block_of_a_real_paper_has_its_kind_and_marker(seed):
    blocks = parse(body_of(seed))

    assert [skeleton(block) for block in blocks] == seed["blocks"]


@seeds
def test_sentences_cut_by_a_page_break_are_joined(seed):
    text = "\n".join(block.text for block in parse(body_of(seed)))

    assert [words for words in seed["joins"] if words not in text] == []


@seeds
def test_a_real_paper_ends_with_one_mark(seed):
    blocks = set_end_mark(parse(body_of(seed)))

    assert re.search(r"\w\./\.$", blocks[-1].text)
    assert sum(block.text.count("./.") for block in blocks) == 1


@seeds
def test_a_real_paper_written_out_is_read_the_same_again(seed):
    blocks = parse(body_of(seed))

    assert parse(to_text(blocks)) == blocks


@seeds
def test_a_real_paper_wrapped_at_a_column_keeps_its_items(seed):
    """Wrapped as a PDF gives it, the markers and their levels are the same."""
    blocks = parse(body_of(seed))
    wrapped = "\n".join(wrap(line, 78) for line in to_text(blocks).split("\n\n"))

    again = parse(wrapped)

    def marked(outline):
        return [skeleton(b) for b in outline if b.kind is not BlockKind.PARAGRAPH]

    assert marked(again) == marked(blocks)


def wrap(line: str, width: int) -> str:
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def test_emphasis_of_a_real_paper_is_kept():
    seed = next(seed for seed in SKELETONS if seed["file"].startswith("S1"))
    blocks = parse(body_of(seed))

    quotas = [b for b in blocks if b.kind is BlockKind.DASH and b.text.startswith("Đối với")]
    criteria = [b for b in blocks if b.kind is BlockKind.PLUS][:4]

    assert len(quotas) == 4
    assert all(run.bold and run.italic for block in quotas for run in block.runs)
    assert all(run.italic and not run.bold for block in criteria for run in block.runs)
