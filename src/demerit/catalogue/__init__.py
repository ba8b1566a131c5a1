"""Every name the model uses, once: subjects, columns, ledger fields, messages, purposes, counters."""
