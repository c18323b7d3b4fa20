"""Words to PDF."""
