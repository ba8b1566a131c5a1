"""Why something happened to somebody: lives, trees of causes, folds of scores, and worlds without a rule."""
