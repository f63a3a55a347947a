"""One HTML page of the graph."""
