"""What is measured of a district: criteria and vetoes."""
