"""Join flat tables of households and members."""
