"""Statistics: arrays in, numbers out. No function here knows a table or a study."""
