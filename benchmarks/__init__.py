"""Speed as ratios: ours and a peer's, side by side in the same run. ``python -m benchmarks`` prints one table and writes it down."""
