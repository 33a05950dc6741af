"""The tests mirror the packages; evaluation and benchmarks live here too."""
