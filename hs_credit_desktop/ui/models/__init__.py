"""Item models: dumb, injected, windowed."""
