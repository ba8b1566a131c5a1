"""What every input file shares: numbers with evidence, names, places in a file, merging, patches and checks."""
