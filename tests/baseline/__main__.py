"""Write the figures of the sample city's results again: ``python -m tests.baseline results/haemil``."""

import json
import sys
from pathlib import Path

from tests.baseline import FIGURES, figures

text = json.dumps(figures(Path(sys.argv[1])), ensure_ascii=False, indent=1)
FIGURES.write_text(text + "\n", "utf-8")
