"""The forms: one folder each, with its template, its context, its author and its sample."""
