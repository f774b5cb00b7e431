"""Tools of who works on the project, which no build needs: the map of the code, the site of the docs, the locks."""
