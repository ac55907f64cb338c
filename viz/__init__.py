"""Views of the graph and the renderers that draw them."""
