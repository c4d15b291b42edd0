"""Bytes to grid of cells, to form, unit and period, to observations; what cannot be read is a finding."""
