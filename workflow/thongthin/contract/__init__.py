"""What a study may say, and what a table is."""
