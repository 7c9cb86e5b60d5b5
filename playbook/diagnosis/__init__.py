"""Metrics in, verdicts out: like-for-like comparison, shrinkage, false-discovery control."""
