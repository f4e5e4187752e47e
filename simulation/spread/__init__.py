"""The diffusion model on arrays, who meets whom, and its two relatives."""
