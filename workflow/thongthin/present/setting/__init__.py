"""How a document is set: of pandoc's tree of a text comes the tree that a format is written from.

Numbers and quotes are put in the place of what asks for them, citations and references get their text, tables fit their
page, and what is measured, said or evidenced leads where it should. All of this is done here for both engines alike:
the embedded renderer hands the tree to pandoc, and Quarto finds it beside the text (`report/_extensions/thongthin`).
"""
