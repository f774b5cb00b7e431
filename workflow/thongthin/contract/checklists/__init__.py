"""What reviewers ask to be reported: the items of COREQ, SRQR (interviews) and GRAMMS (both strands), in our own words.

An item is known by its number in the published checklist. `answers` names statements of `thongthin.synthesis.reporting`
that answer the item from the data or from the rest of study.yml; `adds` names statements that belong to it, but leave
the question itself to the authors. A further checklist is one more entry of `CHECKLISTS`, with a table of its own in
`thongthin.contract.schema.reporting`.

Sources: Tong, Sainsbury and Craig (2007), International Journal for Quality in Health Care 19(6), 349-357 (COREQ);
O'Brien, Harris, Beckman, Reed and Cook (2014), Academic Medicine 89(9), 1245-1251 (SRQR); O'Cathain, Murphy and Nicholl
(2008), Journal of Health Services Research & Policy 13(2), 92-98 (GRAMMS).
"""

from __future__ import annotations

from thongthin.contract.checklists.coreq import COREQ
from thongthin.contract.checklists.gramms import GRAMMS
from thongthin.contract.checklists.items import Checklist
from thongthin.contract.checklists.srqr import SRQR

# By the name that study.yml, tables and value keys use.
CHECKLISTS: dict[str, Checklist] = {"coreq": COREQ, "srqr": SRQR, "gramms": GRAMMS}
