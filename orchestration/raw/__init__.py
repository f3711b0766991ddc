"""Documents put into raw and taken out on purpose. What they say is the readers' matter; what comes from elsewhere is `remote`'s."""
