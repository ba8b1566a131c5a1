"""A coverage-guided fuzzer over what is read: a clear refusal or a correct reading, nothing else."""
