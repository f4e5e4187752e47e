"""WHAT HAPPENS: services and plans -> kernels -> diffusion -> ensemble -> outcomes."""
