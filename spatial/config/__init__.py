"""What a region file may say and what the catalogues hold: shapes, checks, and the resolved configuration."""
