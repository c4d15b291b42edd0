"""Figures → workbooks and csv files. Knows wording and layout, computes nothing."""
