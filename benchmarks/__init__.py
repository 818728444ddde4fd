"""Speed and correctness, measured on text whose facts are known. Not here: anything that the pipeline needs."""
