"""The page of evidence: from every number, quote, table and figure of the documents to what it is made from."""
