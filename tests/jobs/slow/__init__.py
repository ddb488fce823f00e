"""A site whose one job lasts until it is told that it is enough."""
