"""WHERE: sources -> cells -> streets and travel time -> districts -> criteria -> scores."""
