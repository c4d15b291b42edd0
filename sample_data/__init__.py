"""Realistic invented submissions, and the generator that makes them."""
