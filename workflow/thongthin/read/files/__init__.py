"""Files of any tool, opened safely: archives, databases, documents, sheets."""
