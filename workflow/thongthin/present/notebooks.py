"""Notebooks, run and written as one HTML file each, with the same bytes every time.

A notebook runs in the interpreter that runs this, whatever kernels are installed, without the user's IPython profile;
no times are recorded. The page needs no network: fonts and styles are in it, and it holds no script. Fails, with the
traceback of the cell, where a cell fails.
"""

from __future__ import annotations

import base64
import contextlib
import html
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from queue import Empty
from typing import Any

import nbformat
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode, v4
from pygments.formatters import HtmlFormatter

from thongthin.present.forked_kernel import CAN_FORK, LAUNCHER, waiting_kernel

SECONDS = 300  # that a cell may take

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --rule: #333; --code: #fafafa; --edge: #b8c4d0;
  --mark: #ffe48a; --link: #1a4a7a; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #e6e6e3; --rule: #a9adb3;
  --code: #0d1117; --edge: #4b5560; --mark: #6b5200; --link: #8fc1f0; } }
html { scroll-padding-top: 3rem; }
body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.65; overflow-wrap: break-word;
  font-family: "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
a { color: var(--link); }
h1, h2, h3 { line-height: 1.4; }
.anchor-link, .prompt { display: none; }
pre, code { font: 0.85em "Cascadia Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "Sarabun", monospace; }
pre { margin: 0; white-space: pre-wrap; line-height: 1.45; }
.input_area { margin: 0.8rem 0; padding: 0.6rem 0.9rem; border-left: 3px solid var(--edge); background: var(--code); }
.input_area .highlight { background: none; }
details.code { margin: 0.8rem 0; }
details.code > summary { width: max-content; color: var(--link); font-size: 0.85rem; cursor: pointer; }
nav.contents { border-block: 1px solid var(--edge); font-size: 0.95rem; }
nav.contents ol { margin: 0.5rem 0; padding-left: 1.6rem; }
.output_subarea img, .output_subarea svg { max-width: 100%; height: auto; }
.output_subarea { margin: 0.6rem 0; overflow-x: auto; }
.notice { position: sticky; top: 0; z-index: 1; height: 2rem; overflow: hidden; padding: 0 0.75rem; background: #9a1b1b;
  color: #fff; font-size: 0.85rem; line-height: 2rem; text-align: center; white-space: nowrap; }
.notice span + span::before { content: " · "; }
@media screen and (max-width: 40rem) { .notice span + span { display: none; } }
table { border-collapse: collapse; border-block: 1.5px solid var(--rule); font-size: 0.88rem; line-height: 1.45; }
th, td { padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; border: 0; }
thead :is(th, td) { border-bottom: 1px solid var(--rule); vertical-align: bottom; }
mark { background: var(--mark); color: inherit; }
@media print { nav.contents { display: none; } .notice { position: static; } pre { white-space: pre-wrap; } }
"""

# A letter of Thai, or another outside ASCII, as it stands in headings.
_REFERENCE = re.compile(r"&#(\d{3,7});")
# As nbconvert writes the code of a cell, and a heading of the second level.
_CODE = re.compile(r'<div class="input_area">.*?</pre></div>\s*</div>', re.DOTALL)
_PART = re.compile(r'<h2 id="(?P<id>[^"]+)">(?P<text>.*?)(?=<a class="anchor-link"|</h2>)', re.DOTALL)


class _ThisInterpreter(KernelSpecManager):
    """Knows one kernel: the Python that runs this, started anew or forked."""

    def __init__(self) -> None:
        super().__init__()
        self.metadata: dict[str, Any] = {}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", LAUNCHER, "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", metadata=self.metadata)


class Client(AsyncKernelClient):
    """Jupyter's own, which waits for a fifth of a second more than is needed when a kernel is ready.

    It reads what else the kernel says until it says nothing; what is said to others, a cell passes over by itself.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        end = time.monotonic() + (timeout or SECONDS)
        while True:
            self.kernel_info()
            with contextlib.suppress(Empty):
                reply = await self.shell_channel.get_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    await self.iopub_channel.get_msg(timeout=0.2)  # where outputs come from is connected, too
                    self._handle_kernel_info_reply(reply)
                    return
            if not await self.is_alive():
                raise RuntimeError("the kernel died before it was ready")
            if time.monotonic() > end:
                raise RuntimeError(f"the kernel was not ready after {timeout or SECONDS} seconds")


def execute(file: Path, folder: Path, environment: dict[str, str]) -> NotebookNode:
    """Run all cells of a notebook, in `folder`, and return it with its outputs; the file stays as it is.

    Args:
        environment: variables for the notebook, beside those of this process.

    Raises:
        CellExecutionError: a cell failed; the message holds its traceback.
    """
    notebook = nbformat.reads(file.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    kernels = _ThisInterpreter()
    with tempfile.TemporaryDirectory() as own, _forked(kernels):
        manager = AsyncKernelManager(
            client_factory=Client,
            kernel_name="python3",
            kernel_spec_manager=kernels,
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
        modules = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        found = {"PYTHONPATH": os.pathsep.join(modules)}  # it reads tables with `thongthin.contract.tables`
        return client.execute(env={**os.environ, **quiet, **found, **environment})


@contextlib.contextmanager
def _forked(kernels: _ThisInterpreter) -> Iterator[None]:
    """Have kernels forked from this process, where that works; what is left of one is ended."""
    if not CAN_FORK:
        yield
        return
    process, kernels.metadata = waiting_kernel()
    try:
        yield
    finally:
        process.kill()


def beforehand() -> None:
    """Show a small notebook: templates, schemas and patterns are compiled with the first (see `basics.warm_server`)."""
    table = v4.new_output("execute_result", {"text/html": "<table><tr><td>&lt;</td></tr></table>"})  # type: ignore[no-untyped-call]
    cells = [v4.new_markdown_cell("# One"), v4.new_code_cell("import os", outputs=[table])]  # type: ignore[no-untyped-call]
    kernel = {"language_info": {"name": "python", "pygments_lexer": "ipython3"}}  # as IPython's says
    _exporter().from_notebook_node(v4.new_notebook(cells=cells, metadata=kernel))  # type: ignore[no-untyped-call]


class _Exporter(HTMLExporter):
    """nbconvert's own, which reads a page once more when it is written: only pages with pictures have need of that."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        own: Any = self
        given = own._init_resources(resources)
        lexer = nb.metadata.get("language_info", {}).get("pygments_lexer", "python")
        own.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))  # type: ignore[no-untyped-call]
        types = WidgetsDataTypeFilter(notebook_metadata=own._nb_metadata, parent=self, resources=given)  # type: ignore[no-untyped-call]
        own.register_filter("filter_data_type", types)
        page, given = TemplateExporter.from_notebook_node(self, nb, given, **options)
        if "<img" in page:
            return super().from_notebook_node(nb, resources, **options)
        return _REFERENCE.sub(lambda found: chr(int(found[1])) if int(found[1]) > 127 else found[0], page), given


@cache
def _exporter() -> HTMLExporter:
    return _Exporter(template_name="basic", embed_images=True)  # type: ignore[no-untyped-call]


def to_html(notebook: NotebookNode, fonts: Path, notice: Sequence[tuple[str, str]] = ()) -> str:
    """A notebook as one HTML page.

    Args:
        fonts: folder with the web fonts that `thongthin.present.render.fonts` makes.
        notice: (language, text) of the line that stays at the top of the page; where it is narrow, the first alone.
    """
    body, _ = _exporter().from_notebook_node(notebook)
    heading = next(cell.source for cell in notebook.cells if cell.cell_type == "markdown").splitlines()[0]
    faces = _font_face(fonts / "sarabun-regular.woff", 400) + _font_face(fonts / "sarabun-bold.woff", 700)
    colours = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    colours += f"\n@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
    lines = " ".join(f'<span lang="{language}">{html.escape(text)}</span>' for language, text in notice)
    banner = f'<aside class="notice">{lines}</aside>' if lines else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(heading.lstrip('# '))}</title>\n<style>\n{faces}{colours}\n{STYLE}</style>\n</head>\n"
        f"<body>\n{banner}\n<main>\n{_accessible(body)}\n</main>\n</body>\n</html>\n"
    )


def _accessible(body: str) -> str:
    """The cells as everybody can use them.

    Code is folded, what is computed is not; a list of contents leads to each part; no empty heading is over an index;
    wide tables scroll by the keyboard.
    """
    body = _CODE.sub(r'<details class="code"><summary>Code · โค้ด</summary>\g<0></details>', body)
    links = [f'<li><a href="#{own["id"]}">{own["text"]}</a></li>' for own in _PART.finditer(body)]
    if links:
        contents = f'<nav class="contents" aria-label="Contents · สารบัญ"><ol>{"".join(links)}</ol></nav>'
        body = re.sub(r"(</h1>)", lambda end: end[1] + contents, body, count=1)
    body = re.sub(r"<th([^<>]*)>\s*</th>", r"<td\1></td>", body)
    return body.replace('<div class="output_html ', '<div tabindex="0" class="output_html ')


def _font_face(file: Path, weight: int) -> str:
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    source = f'url("data:font/woff;base64,{data}") format("woff")'
    return f'@font-face {{ font-family: "Sarabun"; font-weight: {weight}; src: {source}; }}\n'
