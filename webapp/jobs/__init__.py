"""Work for later: wanted by rows, poked through a queue, done outside any transaction."""
