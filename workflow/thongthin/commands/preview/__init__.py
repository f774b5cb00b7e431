"""The command `preview`: the article on this computer's screen, anew whenever its prose or its data are saved.

It stays in one process that has imported what it needs. `watching` tells what was saved; `session` decides what follows
from it: a change of prose is checked and rendered here (`rendering`), a change of data goes through Snakemake first
(`building`). `board` holds what pages are told, and `server` hands it to them, on the loopback address alone.

What is rendered stands in a folder of its own below `.snakemake/`, which is removed at the end. Only Snakemake writes
into `results/`, and no manifest is made: a preview is no build.
"""
