"""What holds the workflow together: its plan, its fingerprints, its steps."""
