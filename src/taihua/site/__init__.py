"""The front door: settings, root addresses, the base page, the demonstration district."""
