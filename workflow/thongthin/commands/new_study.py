"""The folders of a new study, to be filled in.

`python -m thongthin.commands.new_study NAME [--survey | --interviews | --mixed]`

Run in the project folder. Of a survey alone, or of interviews alone, there are only the files, keys and parts of the
article that fit; a study of both is what is made if nothing else is said.

Writes `data/raw/NAME/` (study.yml with every key told in Thai and English, each table with its header, a README that
says what goes where) and `report/NAME/` (an article to begin from in each language of the configuration), all of it
made from the contract itself: the models of `study`, the columns that the readers know, the labels of the schemas.

The study joins `studies` in config/config.yml, whose other lines, comments and layout stay as they are; nothing else
that stands is changed. Until the study can be built, `check NAME` lists what is still missing. Ends with 1, having
written nothing, where the name cannot be used.
"""

from __future__ import annotations

from pathlib import Path

from thongthin.basics.console import command, run_command
from thongthin.basics.problems import Problems, printable
from thongthin.commands.file_descriptions import write_drafts
from thongthin.commands.study_files import KINDS, Kind, drafting, files_of, fills_in, strands_of
from thongthin.commands.study_list import list_study, why_not
from thongthin.contract.loading import load_config
from thongthin.contract.study import Config


def new_study(root: Path, name: str, kind: Kind = "mixed") -> list[str]:
    """Write the folders of a new study; returns the paths of its files and empty folders. Raises OSError."""
    config = load_config(root, Problems(), ()) or Config(studies=[name])
    folders = [f"data/raw/{name}/{file}" for file in fills_in(kind) if file.endswith("/")]
    for folder in folders:
        (root / folder).mkdir(parents=True)
    written, _ = write_drafts(root, files_of(name, config.languages, kind))
    return [*written, *folders]


def main(arguments: list[str]) -> int:
    """Make the study named, in the current folder, and say what to do next; 1 if it cannot be made."""
    (name,) = [word for word in arguments if not word.startswith("--")]
    kind = next((kind for kind in KINDS if f"--{kind}" in arguments), KINDS[0])
    if wrong := why_not(Path(), name):
        print(printable("\n".join(wrong)))
        return 1
    try:
        written = new_study(Path(), name, kind)
        listed = list_study(Path(), name)
    except OSError as error:
        reason = f"{error.filename or name}: {error.strerror}"
        print(printable(f"The study could not be written: {reason}\nเขียนไฟล์ของการศึกษาไม่ได้: {reason}"))
        return 1
    print(f"New study / การศึกษาใหม่: {name}", *(f"  {path}" for path in written), sep="\n")
    if listed:
        print(f"  config/config.yml: studies + {name}")
    print(next_steps(name, kind, listed=listed))
    return 0


if __name__ == "__main__":
    run_command(main)


def next_steps(name: str, kind: Kind = "mixed", *, listed: bool) -> str:
    """What to do with a new study, in English and in Thai.

    Args:
        listed: whether the configuration lists it.
    """
    folder = f"data/raw/{name}"
    add_en = "" if listed else f' add "{name}" to `studies` in config/config.yml, and'
    add_th = "" if listed else f' เพิ่ม "{name}" ใน `studies` ของ config/config.yml แล้ว'
    put = {
        "interviews": (
            f"Put the interviews into {folder}/interviews/, and into {folder}/coding/\n"
            "     what your coding tool exports, if they are coded already.",
            f"วางบทสัมภาษณ์ไว้ใน {folder}/interviews/ และหากลงรหัสแล้ว\n     วางไฟล์ที่โปรแกรมลงรหัสส่งออกไว้ใน {folder}/coding/",
        ),
        "survey": (
            f"Put the file of responses into {folder}/survey/.",
            f"วางไฟล์คำตอบแบบสอบถามไว้ใน {folder}/survey/",
        ),
    }
    own = put["survey" if kind == "survey" else "interviews"]
    drafts = "".join(f"\n     {line}" for line in drafting(name, kind))
    of_file = (" (with its name for FILE)", " (แทน FILE ด้วยชื่อไฟล์)") if "survey" in strands_of(kind) else ("", "")
    also = put["survey"] if kind == "mixed" else ("", "")
    return f"""
Next:
  1. {own[0]}{also[0] and f" With a survey:{chr(10)}     {also[0][0].lower()}{also[0][1:]}"}
  2. Have drafts made of them{of_file[0]}:{drafts}
  3. Fill in what is empty; {folder}/README.md says what goes where.
  4. See what is still missing:  {command("check", name)}
  5. Once nothing is,{add_en} build:  {command("build", name)}
Git leaves {folder}/ out until you decide otherwise; its README.md says how.
ขั้นต่อไป:
  1. {own[1]}{also[1] and f"{chr(10)}     หากมีแบบสอบถาม ให้{also[1]}"}
  2. ให้โปรแกรมร่างไฟล์ให้{of_file[1]}:{drafts}
  3. เติมช่องที่ว่าง {folder}/README.md บอกว่าใส่อะไรที่ใด
  4. ดูว่ายังขาดสิ่งใด:  {command("check", name)}
  5. เมื่อไม่ขาดสิ่งใดแล้ว{add_th} สั่ง:  {command("build", name)}
Git จะไม่เก็บ {folder}/ จนกว่าจะตัดสินใจเป็นอย่างอื่น วิธีอยู่ใน README.md ของโฟลเดอร์นั้น"""
