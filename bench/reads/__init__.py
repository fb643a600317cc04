"""The read part of the bench: this hub beside its peers, over one data set."""
