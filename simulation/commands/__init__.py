"""The commands of this room, a module each: what it reads, writes and uses, and the function that runs it."""
