"""What people look at: a page and REST service on this machine (`serve`), and a report on a corpus (`report`)."""
