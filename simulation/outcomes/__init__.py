"""What runs say: totals, burden on a city, one plan against another, which parameter decides."""
