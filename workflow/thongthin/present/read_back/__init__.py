"""Reading back: whether the finished documents say what the values and tables of the study say.

`passages` takes from the text of a document what must stand in it, number by number and row by row; `documents` reads
what stands in the HTML, PDF and Word files; `finding` holds the one against the other; `tested` looks at statistics of
tests and their p.
"""
