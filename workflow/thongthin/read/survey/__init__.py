"""From a file of responses to answers as numbers."""
