"""The package that a reviewer is given: what is in it, described so that a stranger and a machine can read it."""
