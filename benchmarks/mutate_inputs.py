"""What damaged files do to the check: every kind of raw file of small studies, damaged in ways drawn at random.

Run:  .venv/bin/python benchmarks/mutate_inputs.py [--count 1000 | --each 2] [--seed 1] [--workers 2]
          [--kinds .sav .xlsx ...] [--cases small coding ...] [--show accepted] [--sample 100] [--keep FOLDER]

Each damage is done to one file of a study that is valid, and the study is checked (a coding that no study of the tests
has is read alone). This happens in processes of their own, which are started anew when one crashes or hangs. Counted is
what came of it:

    refused     with problems; "placed" where one of them names the damaged file and a place in it or what to do
    accepted    without a problem: "same" where all that was read is what it was before; "told" where there is a notice
                that was not there before; "unseen" where neither is so: these are to be read by eye, for what was read
                otherwise cannot be known or should have been told (--show accepted --sample N lists some of them)
    unchanged   the damage happened to change nothing
    traceback   an exception that is no message
    crash       the process ended
    hang        it took longer than --seconds

Ends with 1 if there was a traceback, a crash or a hang. The same seed does the same damage.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "workflow")]

import mutations  # noqa: E402
from damaged_cases import ALONE, Case, Read, cases  # noqa: E402

BAD = ("traceback", "crash", "hang")
MEMORY = 6 << 30


# --- a process that may crash ---------------------------------------------------------------------------------------


def work(folder: Path) -> None:
    """Do what is asked for, a line of JSON each, and say in others what damage was done and what came of it."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    known = cases()
    made: dict[str, _Sound] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        name, root = asked["case"], folder / str(sorted(known).index(asked["case"]))
        if name not in made:
            root.mkdir()
            made[name] = _sound(known[name], root)
        if asked["seed"] is None:
            files = [path.relative_to(root).as_posix() for path, _ in made[name].files]
            say({"files": files, "problems": made[name].problems})
        else:
            say(_outcome(known[name], root, made[name], asked, say))


class _Sound(NamedTuple):
    """A case before any damage: its files, its problems and notices, and a hash of each thing that was read."""

    files: list[tuple[Path, bytes]]
    problems: list[str]
    notices: set[str]
    read: dict[str, str]


def _sound(case: Case, root: Path) -> _Sound:
    from thongthin.basics.problems import Problems

    files = [(path, path.read_bytes()) for path in case.write(root)]
    problems = Problems()
    read = _hashes(case.check(root, problems))
    return _Sound(files, list(map(str, problems)), set(map(str, problems.notices)), read)


def _hashes(read: Read) -> dict[str, str]:
    return {name: hashlib.sha256(_plain(found).encode("utf-8", "replace")).hexdigest() for name, found in read.items()}


def _plain(found: Any) -> str:
    if hasattr(found, "to_csv"):
        return str(found.to_csv(index=False))
    return json.dumps(found, default=lambda one: sorted(one) if isinstance(one, frozenset | set) else repr(one))


def _outcome(
    case: Case, root: Path, sound: _Sound, asked: dict[str, Any], say: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    from thongthin.basics.problems import Problems

    path, content = sound.files[asked["file"]]
    damage = mutations.damage(path, random.Random(asked["seed"]))
    say({"damage": damage})  # in case nothing more comes
    result: dict[str, Any] = {"damage": damage, "notices": []}
    problems = Problems()
    try:
        if path.is_file() and path.read_bytes() == content:
            return result | {"outcome": "unchanged"}
        if asked["keep"]:
            _keep(path, Path(asked["keep"]) / f"{asked['number']:05d}{path.suffix}")
        read = _hashes(case.check(root, problems))
    except BaseException as error:
        told = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__}: {str(error)[:200]} ({Path(told.filename).name}:{told.lineno})"
        return result | {"outcome": "traceback", "told": where}
    finally:
        mutations.restore(path, content)
    if not problems.found:
        notices = [
            f"{own.kind} {own.column}: {own.en[:160]}" for own in problems.notices if str(own) not in sound.notices
        ]
        other = sorted(name for name in read.keys() | sound.read.keys() if read.get(name) != sound.read.get(name))
        outcome = "accepted, told" if notices else "accepted, unseen" if other else "accepted, same"
        return result | {"outcome": outcome, "notices": [*notices, f"read otherwise: {', '.join(other)}"]}
    own = [p for p in problems if p.file and (p.file.endswith(path.name) or path.is_relative_to(root / p.file))]
    placed = any(p.row is not None or p.column or p.sheet or p.hint_en for p in own)
    outcome = "refused, placed" if placed else "refused" if own else "refused, elsewhere"
    first = (own or problems.found)[0]
    return result | {"outcome": outcome, "told": f"{first.file} {first.row or ''} {first.column}: {first.en[:160]}"}


def _keep(path: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        kept.write_bytes(path.read_bytes())


class Worker:
    """A process that does the work, started anew when it crashes or hangs."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve()), "--worker", self._folder.name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        self._answers: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, args=(self._process, self._answers), daemon=True).start()

    @staticmethod
    def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            answers.put(line)
        answers.put("")

    def ask(self, asked: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer of the process; "crash" or "hang" where none comes."""
        assert self._process.stdin is not None
        answer: dict[str, Any] = {"damage": "?"}
        try:
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            while "outcome" not in answer and "files" not in answer:
                line = self._answers.get(timeout=seconds)
                if not line:
                    raise EOFError
                answer |= json.loads(line)
        except queue.Empty:
            self.stop()
            self._start()
            return answer | {"outcome": "hang"}
        except (OSError, EOFError):
            code = self._process.wait()
            self.stop()
            self._start()
            return answer | {"outcome": "crash", "told": f"the process ended with {code}"}
        return answer

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()


# --- the run --------------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Damage, check, and print what came of it; 1 if something was no message."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="how many damages")
    parser.add_argument("--each", type=int, help="how many of each file of each case, instead of --count")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60, help="what takes longer hangs")
    parser.add_argument("--kinds", nargs="+", default=[], help="endings of files; all if left out")
    parser.add_argument("--cases", nargs="+", default=[], help="names of cases begin so; all if left out")
    parser.add_argument("--show", nargs="+", default=[], help="outcomes that are listed, beside those that are bad")
    parser.add_argument("--sample", type=int, default=100, help="how many of them")
    parser.add_argument("--keep", help="a folder for the damaged files, by number")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.worker:
        work(given.worker)
        return 0
    first = Worker()
    chosen = [name for name in cases() if (name.startswith(tuple(given.cases)) if given.cases else ALONE not in name)]
    targets: list[tuple[str, int, str]] = []
    for name in chosen:
        listed = first.ask({"case": name, "seed": None}, 300)
        if listed.get("problems") or "files" not in listed:
            told = listed.get("problems", [listed.get("told", "")])
            raise SystemExit(f'"{name}" is not valid before any damage:\n' + "\n".join(told))
        targets += [
            (name, n, file) for n, file in enumerate(listed["files"])
            if not given.kinds or Path(file).suffix in given.kinds
        ]  # fmt: skip
    results = list(_run(given, targets, first))
    _report(results, given)
    return int(any(result["outcome"] in BAD for result in results))


def _run(given: argparse.Namespace, targets: list[tuple[str, int, str]], first: Worker) -> Iterator[dict[str, Any]]:
    """Every damage with what came of it, in order: each kind of file alike, and of a kind each file in turn.

    With --each: each file as often, whatever its kind.
    """
    by_kind: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for target in targets:
        by_kind[Path(target[2]).suffix].append(target)
    kinds = sorted(by_kind)
    jobs: queue.Queue[dict[str, Any]] = queue.Queue()
    for number in range(given.each * len(targets) if given.each else given.count):
        own = by_kind[kinds[number % len(kinds)]]
        case, file, name = targets[number % len(targets)] if given.each else own[number // len(kinds) % len(own)]
        seed = f"{given.seed} {number}"
        jobs.put({"number": number, "case": case, "file": file, "name": name, "seed": seed, "keep": given.keep})
    done: dict[int, dict[str, Any]] = {}

    def serve(worker: Worker) -> None:
        while True:
            try:
                job = jobs.get_nowait()
            except queue.Empty:
                worker.stop()
                return
            done[job["number"]] = job | worker.ask(job, given.seconds)

    threads = [threading.Thread(target=serve, args=(worker,)) for worker in
               (first, *(Worker() for _ in range(given.workers - 1)))]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in sorted(done):
        yield done[number]


def _report(results: list[dict[str, Any]], given: argparse.Namespace) -> None:
    outcomes = sorted({result["outcome"] for result in results} | set(BAD))
    kinds = sorted({Path(result["name"]).suffix for result in results})
    count = Counter((Path(result["name"]).suffix, result["outcome"]) for result in results)
    print("kind".ljust(12), *(outcome.rjust(18) for outcome in outcomes))
    for kind in kinds:
        print(kind.ljust(12), *(str(count[kind, outcome]).rjust(18) for outcome in outcomes))
    print("all".ljust(12), *(str(sum(count[kind, o] for kind in kinds)).rjust(18) for o in outcomes))
    shown = [result for result in results if result["outcome"].startswith(tuple(given.show))]
    random.Random(given.seed).shuffle(shown)
    shown = sorted(shown[: given.sample], key=lambda result: result["number"])
    for result in [*(result for result in results if result["outcome"] in BAD), *shown]:
        print(f"\n{result['number']:5} {result['outcome']}: {result['case']}, {result['name']}, {result['damage']}")
        for line in filter(None, [result.get("told", ""), *result.get("notices", [])]):
            print(f"      {line}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
