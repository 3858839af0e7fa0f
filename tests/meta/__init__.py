"""The house rules: what every file of the project has to be like, checked over all of them."""
