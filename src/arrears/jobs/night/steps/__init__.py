"""The steps of the night, one file each; a new step is a new file with a number between two others."""
