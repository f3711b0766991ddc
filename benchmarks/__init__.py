"""What a refresh costs, beside its yardsticks: `make bench`."""
