"""Tools of the people who keep the project; nothing here runs in the pipeline."""
