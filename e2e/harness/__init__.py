"""What the suites share: systems, processes, cases, checks."""
