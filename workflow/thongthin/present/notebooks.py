"""Notebooks, run and written as one HTML file each, with the same bytes every time.

A notebook runs in the interpreter that runs this, whatever kernels are installed, without the user's IPython profile;
no times are recorded. The page needs no network: fonts and styles are in it, and it holds no script. Fails, with the
traceback of the cell, where a cell fails.
"""

from __future__ import annotations

import base64
import html
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter

SECONDS = 300  # that a cell may take

STYLE = """
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; color: #1b1b1b; line-height: 1.65;
  font-family: "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", sans-serif; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.4; }
.anchor-link, .prompt { display: none; }
pre, code { font: 0.85em "Cascadia Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "Sarabun", monospace; }
pre { margin: 0; white-space: pre-wrap; line-height: 1.45; }
.input_area { margin: 0.8rem 0; padding: 0.6rem 0.9rem; border-left: 3px solid #b8c4d0; background: #f5f7f9; }
.output_subarea { margin: 0.6rem 0; overflow-x: auto; }
.notice { position: sticky; top: 0; margin: 0 -1.25rem 1rem; padding: 0.4rem 1rem; background: #9a1b1b; color: #fff;
  text-align: center; font-weight: 700; }
.notice p { margin: 0; }
table { border-collapse: collapse; border-block: 1.5px solid #333; font-size: 0.88rem; line-height: 1.45; }
th, td { padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; border: 0; }
thead th { border-bottom: 1px solid #333; vertical-align: bottom; }
mark { background: #ffe48a; }
@media print { .notice { position: static; } pre { white-space: pre-wrap; } }
"""


class _ThisInterpreter(KernelSpecManager):
    """Knows one kernel: the Python that runs this."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


def execute(file: Path, folder: Path, environment: dict[str, str]) -> NotebookNode:
    """Run all cells of a notebook, in `folder`, and return it with its outputs; the file stays as it is.

    Args:
        environment: variables for the notebook, beside those of this process.

    Raises:
        CellExecutionError: a cell failed; the message holds its traceback.
    """
    notebook = nbformat.reads(file.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as own:
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=_ThisInterpreter(),
            connection_file=str(Path(own) / "kernel.json"),
        )
        if os.name == "posix":  # files instead of ports, which two notebooks could both take
            manager.transport, manager.ip = "ipc", str(Path(own) / "kernel")
        client = NotebookClient(
            notebook,
            km=manager,
            timeout=SECONDS,
            record_timing=False,
            coalesce_streams=True,  # a busy machine gets what a cell prints in pieces, an idle one in one
            extra_arguments=["--InteractiveShell.colors=nocolor"],  # the traceback is read in a log file
            resources={"metadata": {"path": str(folder)}},
        )
        client.owns_km = True  # it shuts the kernel down
        quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "IPYTHONDIR": own}
        modules = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        found = {"PYTHONPATH": os.pathsep.join(modules)}  # it reads tables with `thongthin.contract.tables`
        return client.execute(env={**os.environ, **quiet, **found, **environment})


def to_html(notebook: NotebookNode, fonts: Path, notice: Sequence[tuple[str, str]] = ()) -> str:
    """A notebook as one HTML page.

    Args:
        fonts: folder with the web fonts that `thongthin.present.render.fonts` makes.
        notice: lines (language, text) that stay at the top of the page.
    """
    exporter = HTMLExporter(template_name="basic", embed_images=True)  # type: ignore[no-untyped-call]
    body, _ = exporter.from_notebook_node(notebook)
    heading = next(cell.source for cell in notebook.cells if cell.cell_type == "markdown").splitlines()[0]
    faces = _font_face(fonts / "sarabun-regular.woff", 400) + _font_face(fonts / "sarabun-bold.woff", 700)
    colours = HtmlFormatter(style="default").get_style_defs(".highlight")
    lines = "".join(f'<p lang="{language}">{html.escape(text)}</p>' for language, text in notice)
    banner = f'<div class="notice" role="note">{lines}</div>' if lines else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(heading.lstrip('# '))}</title>\n<style>\n{faces}{colours}\n{STYLE}</style>\n</head>\n"
        f"<body>\n{banner}\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _font_face(file: Path, weight: int) -> str:
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    source = f'url("data:font/woff;base64,{data}") format("woff")'
    return f'@font-face {{ font-family: "Sarabun"; font-weight: {weight}; src: {source}; }}\n'
