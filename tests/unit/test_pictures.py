"""Each picture of the documentation is shown there, and `make screenshots` makes it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
SCRIPT = ROOT / "tools" / "inside" / "pictures" / "screenshots.py"


def test_pictures_are_shown_and_made_by_the_command():
	texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/*.md"))]
	shown = {name for text in texts for name in re.findall(r"images/([\w-]+)\.png", text)}
	made = set(re.findall(r'Picture\("([\w-]+)"', SCRIPT.read_text(encoding="utf-8")))
	assert shown == made == {path.stem for path in IMAGES.glob("*.png")}
