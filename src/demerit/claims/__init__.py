"""The claims of the essay, held against worlds: definitions, the worlds they need, figures and verdicts."""
