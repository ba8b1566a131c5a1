"""Every name the model uses, once: subjects, columns, ledger fields, message kinds, purposes of draws, counters."""
