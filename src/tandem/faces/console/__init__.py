"""The console as a browser gets it: the files that ``console/`` was built to."""
