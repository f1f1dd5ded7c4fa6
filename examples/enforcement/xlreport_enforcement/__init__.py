"""行政执法统计年报, a form for xlreport that lives outside of it."""
