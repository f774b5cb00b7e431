"""What the answers of the survey say."""
