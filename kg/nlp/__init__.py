"""Which language pipeline runs, and one way to read its trees."""
