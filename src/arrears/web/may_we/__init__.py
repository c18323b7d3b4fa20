"""May we contact this person? The gate's answer now, and its windows over the coming week."""
