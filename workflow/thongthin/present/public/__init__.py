"""What everybody may read of a study: tables, figures, documents, evidence, made from the published tables alone.

Whatever shows numbers is made twice, from two fillings of what is left out (`contract.published`). Where both come out
the same, nothing that is left out is in it; where they differ, the place is left out, too. So no table or figure needs
to know of any of this, and none can tell what it was not given.
"""
