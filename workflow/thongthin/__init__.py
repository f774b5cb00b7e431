"""Thongthin (ท้องถิ่น): from raw interviews, coding and survey of a comparative study to its article in two languages."""
