"""What the product measures of itself: `python3 dev.py bench` prints one JSON object a line.

Ratios are taken of samples that were interleaved, so that a noisy machine disturbs both sides alike.
"""
