"""Observations in force → figures: sums, ratios, growth, ranks. Knows no files and no layout of pages."""
