"""Percentages, shares, growth and parts that a text prints, worked out again. Pure, no I/O."""
