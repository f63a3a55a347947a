"""Makes the shipped English pipeline: `python -m kg.training CORPORA FOLDER` (needs the extra
`train`).
"""
