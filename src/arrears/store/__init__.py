"""The only room that speaks SQL: tables, doors, policies, locks, COPY in and out."""
