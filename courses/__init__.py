"""Competence programmes and workshops; installed when its first model lands."""
