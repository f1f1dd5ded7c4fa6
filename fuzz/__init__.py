"""Coverage-guided fuzzing of the readers: ``python -m fuzz [READER] [SECONDS]``. Nothing of this is installed."""
