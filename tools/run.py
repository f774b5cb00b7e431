"""Run a module in `.venv`, as the launcher does: `python3 tools/run.py tools.house`, or `... ruff check .`"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    launcher = runpy.run_path(str(Path(__file__).parents[1] / "paper.py"))
    if not launcher["ENVIRONMENT"].python.exists():
        sys.exit(
            "There is no .venv yet: python3 paper.py test --changed\nยังไม่มี .venv สั่ง: python3 paper.py test --changed"
        )
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(launcher["run"](*sys.argv[1:]))
