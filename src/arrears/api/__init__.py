"""Resources for programs, one file each."""
