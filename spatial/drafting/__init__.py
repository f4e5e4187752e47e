"""A first region file from a folder of files: what each file seems to be, tried with the readers that will read it."""
