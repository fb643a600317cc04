"""Part `search`: how long a search takes among 200,000 people, by what is typed."""
