"""What every input file shares: numbers with evidence, names, places, merging, patches and checks."""
