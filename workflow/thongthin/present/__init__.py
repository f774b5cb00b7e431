"""How results are said, in Thai and in English: values, tables, figures, documents."""
