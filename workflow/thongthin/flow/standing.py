"""What stands of earlier builds while a new one is under way, and after it failed.

A document is replaced when it is rendered in every language and format (rule `publish_document`); until then that of
the last good build stays. So that nobody takes it for a new one, the manifest, which says what belongs together, is
gone as soon as a build has anything to do, and comes with its end; and a build that fails names the documents it left.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.commands.unchanged import of_publication

PUBLISH = "publish_document"


def withdraw_manifests(dag: Any, root: Path = Path()) -> None:
    """Take away the manifest of each study of which anything is to be built; called before the first step.

    So that of what was published, which is made of it. Where nothing but a publication is to be made, the build stands.

    What was made stays on account, in the journal of the study (`commands.build`).

    Args:
        dag: what Snakemake is to do.
        root: the project folder.
    """
    from thongthin.commands.build import journal, made_files

    jobs = [(job.wildcards_dict.get("study"), [str(path) for path in job.output]) for job in dag.needrun_jobs()]
    for study in sorted({study for study, _ in jobs if study}):
        (root / "results" / study / "public" / "manifest.csv").unlink(missing_ok=True)
        if all(of_publication(path) for own, made in jobs if own == study for path in made):
            continue
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["path", "bytes", "sha256"])
        writer.writerows([path, *what] for path, what in sorted(made_files(root, study).items()))
        write_text(journal(root, study), text.getvalue())
        (root / "results" / study / "manifest.csv").unlink(missing_ok=True)


def tell_what_stands(dag: Any, root: Path = Path()) -> None:
    """Name the documents of an earlier build that stand where this one has published none; called after a failure."""
    unfinished = [job for job in dag.needrun_jobs() if job.rule.name == PUBLISH]
    paths = [str(path) for job in unfinished for path in job.output]
    left = sorted(path for path in paths if (root / path).is_file())
    if left:
        print(
            "\nThese documents are those of an earlier build, and say nothing of what was changed since;"
            " there is no manifest until a build is complete:",
            "เอกสารเหล่านี้เป็นของการสร้างครั้งก่อน ยังไม่มีสิ่งที่แก้ไขหลังจากนั้น และจะไม่มี manifest.csv จนกว่าจะสร้างครบ:",
            *(f"  {path}" for path in left),
            sep="\n",
            flush=True,
        )
