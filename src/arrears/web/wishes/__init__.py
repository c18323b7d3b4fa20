"""When a person wants to be left alone, in their own words: read, confirmed, kept, taken back."""
