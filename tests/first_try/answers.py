"""A survey of the teachers' schools as Google Forms exports it; the answers are drawn, and always the same."""

from __future__ import annotations

import csv
import io
import random

SCHOOLS = ("North School", "South School")
GROUPS = ("Teacher", "Head")
WORDS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
# What is asked, and what a person says of it: the factor or outcome, and whether agreeing means less of it.
QUESTIONS = (
    ("I get help when I need it.", "support", False),
    ("My colleagues share their lessons.", "support", False),
    ("I am left alone with problems.", "support", True),
    ("The network at home is good enough.", "devices", False),
    ("I have the devices that I need.", "devices", False),
    ("My pupils learn well from home.", "learning", False),
    ("My pupils take part in lessons from home.", "learning", False),
)


def responses(n: int = 40) -> bytes:
    """The table of answers, every cell in quotation marks."""
    rng = random.Random(11)
    rows = [["Timestamp", "Your site (school)", "You are", *(question for question, *_ in QUESTIONS)]]
    for i in range(n):
        level = {"support": rng.gauss(2.2 + 0.5 * (i % 2), 0.8), "devices": rng.gauss(2.0, 0.8)}
        level["learning"] = (level["support"] + level["devices"]) / 2
        answers = []
        for _, construct, reversed_ in QUESTIONS:
            point = min(4, max(0, round(rng.gauss(level[construct], 0.6))))
            answers.append(WORDS[4 - point if reversed_ else point])
        time = f"2024/03/{1 + i % 28:02} {9 + i % 3}:{i:02}:00 AM GMT+7"
        rows.append([time, SCHOOLS[i % 2], GROUPS[i % 5 == 0], *answers])
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()
