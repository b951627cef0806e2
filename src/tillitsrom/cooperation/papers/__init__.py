"""Minutes as files: what stands in them (`blocks`), as PDF/A (`pdf_a`) and as a Word document (`word`)."""
