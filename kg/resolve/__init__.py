"""Decides which mentions, in one article and across articles, are one actor or one utterance."""
