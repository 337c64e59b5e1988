"""What the office publishes: a document model, and PDF, Word and Excel as renderers of it."""
