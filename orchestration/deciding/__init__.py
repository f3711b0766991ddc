"""Before anything is read: has anything changed, and which version of each document may be read. Imports no framework."""
