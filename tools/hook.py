"""Run a module in `.venv`, as the launcher does: `python3 tools/hook.py ruff check .` (what pre-commit calls)."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    launcher = runpy.run_path(str(Path(__file__).parents[1] / "paper.py"))
    if not launcher["PYTHON"].exists():
        sys.exit("There is no .venv yet: python3 paper.py test --changed\nยังไม่มี .venv: python3 paper.py test --changed")
    sys.exit(launcher["run"](*sys.argv[1:]))
