"""One folder for each way to reach a person, a bank, a printer."""
