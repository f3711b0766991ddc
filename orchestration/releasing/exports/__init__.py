"""A release in the forms other tools open: a module a form, written by a step of `releasing.publishing` from the released tables."""
