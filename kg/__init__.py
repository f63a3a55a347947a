"""Who said what about whom, and what binds them: news articles to an RDF knowledge graph."""

__version__ = "0.1.0"
