"""WHAT PEOPLE SEE: comparison and diffusion pages, one self-contained HTML file each."""
