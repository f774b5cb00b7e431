"""How well passages are placed in interviews that were edited after they were coded, and how long that takes.

Run with nothing else on the machine:  .venv/bin/python benchmarks/measure_alignment.py
Two parts. First the interviews of the demonstration study, edited at random (lines added at the top, labels changed,
words corrected, paragraphs moved, white space changed, and combinations), with passages that are marked as people mark
them: how many are placed, and how many wrongly; what became of each is known from the edit. Then a long interview made
of those, with many corrections and many passages: the time that the whole placing takes, ways of counting included.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "workflow"), str(ROOT / "tests")]
from edited_interviews import (  # noqa: E402
    EDITS,
    Edited,
    after_edits,
    cases,
    demonstration_interviews,
    is_right,
    placed,
    selections,
)

from thongthin.read.coding.positions import place  # noqa: E402


def measure_edits(number: int) -> None:
    """Place passages in edited interviews of the demonstration, and print how that went."""
    interviews = demonstration_interviews(ROOT)
    there, missed, wrong, seconds = [0, 0], [0, 0], 0, 0.0
    for seed in range(number):
        draw = random.Random(seed)
        edit = after_edits(interviews[seed % len(interviews)], draw)
        marked = cases(edit, draw, 40)
        began = time.perf_counter()
        found = placed(edit, marked)
        seconds += time.perf_counter() - began
        for case, place_found in zip(marked, found, strict=True):
            there[case.repeats] += case.place is not None
            missed[case.repeats] += case.place is not None and place_found is None
            wrong += place_found is not None and not is_right(edit, case, place_found)
    print(f"{number:,} edits of the demonstration's interviews, 40 passages each; {seconds:.1f} s")
    for repeats, label in enumerate(("words that stand once", "words that stand several times")):
        share = 100 * (1 - missed[repeats] / max(1, there[repeats]))
        print(f"{label + ', placed':<40}{there[repeats] - missed[repeats]:>9,} of {there[repeats]:,}  {share:.2f} %")
    print(f"{'placed wrongly':<40}{wrong:>9,}")


def measure_long(characters: int, passages: int) -> None:
    """Place passages in one long interview that was edited everywhere, and print how that went."""
    draw = random.Random(1)
    lines = [line for text in demonstration_interviews(ROOT) for line in text.split("\n") if line.strip()]
    text = ""
    while len(text) < characters:
        line = draw.choice(lines)
        cut = draw.randrange(len(line) // 2 + 1)
        text += line[:13] + line[13 + cut :] + draw.choice(["\n", " ครับ\n", " ค่ะ\n"])
    signs = [(character, at) for at, character in enumerate(text[:characters].rstrip("\n"))]
    for edit in (*EDITS, *[EDITS[2]] * (characters // 1_000)):
        signs = edit(signs, draw)
    edited = Edited.of(text[:characters].rstrip("\n"), signs)
    marked = cases(edited, draw, passages)
    began = time.perf_counter()
    placements, _ = place(edited.before, edited.after, selections(edited, marked))
    seconds = time.perf_counter() - began
    found = [(p.start, p.end) if p.start is not None and p.end is not None else None for p in placements]
    wrong = sum(
        place is not None and not is_right(edited, case, place) for case, place in zip(marked, found, strict=True)
    )
    whole = [n for n, case in enumerate(marked) if case.place is not None]
    print(f"\n{len(edited.before):,} characters, {passages:,} passages, {characters // 1_000 + 5} rounds of edits")
    print(f"{'untouched, placed':<40}{sum(found[n] is not None for n in whole):>9,} of {len(whole):,}")
    print(f"{'placed wrongly':<40}{wrong:>9,}\n{'seconds':<40}{seconds:>9.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=1_000)
    parser.add_argument("--characters", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=2_000)
    chosen = parser.parse_args()
    measure_edits(chosen.edits)
    measure_long(chosen.characters, chosen.passages)


if __name__ == "__main__":
    main()
