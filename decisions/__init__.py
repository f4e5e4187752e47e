"""WHAT TO CHOOSE: ranking and how sure it is, programme rules, worlds of chance for the best candidates."""
