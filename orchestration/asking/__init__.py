"""What a release is asked: about one row, a refusal, what is undecided; and the answers of people. Prints nothing and builds nothing."""
