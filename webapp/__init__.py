"""The web face of the office: pages, accounts, jobs and the command line."""
