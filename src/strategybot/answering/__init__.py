"""Room: ranked passages -> draft."""
