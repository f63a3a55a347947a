"""Says records in triples, and checks what was said."""
