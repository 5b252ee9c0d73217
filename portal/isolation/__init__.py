"""Who may see which rows: the scope that each transaction carries, and the policies that hold it."""
