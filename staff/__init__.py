"""People, posts, assignments and delegations in time; capabilities come from them."""
