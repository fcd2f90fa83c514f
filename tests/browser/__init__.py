"""The product as a stranger meets it: a server, a browser, and the words on the screen."""
