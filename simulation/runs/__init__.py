"""A region's scenarios as runs: inputs, parameters of worlds, blocks, the dataset and its measures."""
