"""The schema of every table of the workflow, by name: columns, types, units, labels in both languages."""

from thongthin.contract.schema import (
    comparisons,
    configurations,
    frame,
    interviews,
    joint,
    models,
    processed,
    reporting,
    survey,
    synthesis,
)
from thongthin.contract.schema.columns import Table

# In this order they stand in the data dictionary, and their numbers in `values`.
TABLES: dict[str, Table] = {
    table.name: table
    for part in (frame, processed, interviews, reporting, survey, comparisons, models, configurations, joint, synthesis)
    for table in part.TABLES
}
