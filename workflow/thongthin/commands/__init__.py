"""What people call: the check, new studies, descriptions of files."""
