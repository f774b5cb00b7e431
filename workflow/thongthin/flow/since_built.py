"""What of the code and of the settings has changed since a study was built.

`python -m thongthin.flow.since_built STUDY` prints names as a JSON list: scripts whose fingerprint is another one,
settings that say something else. What else differs is for `commands.verify` to see, which needs no environment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from thongthin.basics.console import run_command
from thongthin.basics.problems import Problems
from thongthin.contract.loading import load_config, load_study
from thongthin.flow.hashes import codes

_CHECK = "check"  # which no result comes from


def main(arguments: list[str]) -> int:
    """Print what has changed."""
    (study,) = arguments
    record = json.loads((Path("results") / study / "made_from.json").read_text(encoding="utf-8"))
    print(json.dumps([*changed_code(record), *changed_settings(Path(), study, record)], ensure_ascii=False))
    return 0


def changed_code(record: Mapping[str, Any]) -> Iterator[str]:
    """The scripts that run other code than at the build, of a figure with its name.

    Args:
        record: made_from.json.
    """
    now, then = codes(), record["codes"]
    for name in sorted({*now, *then} - {_CHECK}):
        if now.get(name) != then.get(name):
            script, _, figure = name.partition(" ")
            yield f"workflow/scripts/{script}.py" + (f" ({figure})" if figure else "")


def changed_settings(root: Path, study: str, record: Mapping[str, Any]) -> Iterator[str]:
    """The settings that differ, by their dotted names; the file itself where it can't be read."""
    config = load_config(root, Problems(), [study])
    own = load_study(root, study, config, Problems()) if config else None
    if config is None or own is None:
        yield "config/config.yml"
        return
    now = {"analysis": own.analysis.model_dump(mode="json")}
    then = {"analysis": record["analysis"]}
    if "config" in record:
        now |= config.model_dump(mode="json", exclude={"studies", "analysis"})
        then |= record["config"]
    flat = [dict(_flat(whole, "")) for whole in (now, then)]
    for name in sorted({*flat[0], *flat[1]}):
        if flat[0].get(name) != flat[1].get(name):
            yield f"config/config.yml: {name}"


def _flat(value: Any, above: str) -> Iterator[tuple[str, Any]]:
    """A nested mapping by dotted names; lists are values."""
    if not isinstance(value, Mapping):
        yield above, value
        return
    for name, own in value.items():
        yield from _flat(own, f"{above}.{name}" if above else str(name))


if __name__ == "__main__":
    run_command(main)
