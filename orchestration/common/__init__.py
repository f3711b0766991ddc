"""What several rooms use and none owns: files, SQL text, imports, the lock, speech. Knows no document, no table and no run."""
