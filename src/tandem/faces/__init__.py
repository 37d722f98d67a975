"""Where people and programs meet Tandem: HTTP, command line, page, demo."""
