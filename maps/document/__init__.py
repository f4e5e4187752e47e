"""A plan as the document that a team hands in: one neutral model, and a writer for each format."""
