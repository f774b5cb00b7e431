"""Readers: what people made, in any of its formats, into the tables of `data/processed/`.

Each reader takes paths and a `Problems` collector, adds everything that is wrong to it, and gives back what could be
read in the columns of `thongthin.contract.tables`. A table that could not be read comes back empty; what refers to it
is then not judged, since its own problem is already in the list.
"""
