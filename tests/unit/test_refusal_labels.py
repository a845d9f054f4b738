"""Each reason to refuse a document has a label in the Desk."""

import ast
import re

from tests.unit.support.source import PACKAGE

LABELS = PACKAGE / "public" / "js" / "desk" / "capture" / "refusals.js"


def reasons(module: str) -> set[str]:
	"""Return the texts of a module's constants, which are its reasons and the name of their DocType."""
	found = set()
	for node in ast.parse((PACKAGE / "capture" / module).read_text(encoding="utf-8")).body:
		if isinstance(node, ast.Assign):
			values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
			names = [
				name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
			]
			if len(names) == len(values):
				found |= {value.value for value in values if isinstance(value, ast.Constant)}
	return {text for text in found if isinstance(text, str)}


def test_each_reason_has_a_label():
	labelled = {
		quoted or plain
		for quoted, plain in re.findall(
			r'^\t\t(?:"([^"]+)"|(\w+)): __', LABELS.read_text(encoding="utf-8"), re.M
		)
	}
	known = reasons("refused.py") | reasons("refusals.py")
	assert {"internal", "bounce"} <= known
	assert known - labelled == {"Capture Refusal"}
	assert labelled - known == {"error"}
