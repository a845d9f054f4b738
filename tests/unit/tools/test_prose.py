import pytest

from tools import prose

PYTHON = '''
"""What is shown to whoever asks."""
# he may not
TITLE = _("Nobody may read {0}")
NAME = "somebody"
'''


@pytest.mark.parametrize(
	("reader", "source", "expected"),
	[
		(prose.python, PYTHON, {(2, "What is"), (2, "whoever"), (3, "he"), (4, "Nobody")}),
		(
			prose.script,
			"// what was\nconst url = `http://he`;\n__('His'); say('him')",
			{(1, "what was"), (3, "His")},
		),
		(prose.template, '{# one who #}\n{{ _("Someone") }} whoever', {(1, "one who"), (2, "Someone")}),
		(prose.record, '{"fields": [{"label": "What Is Open", "name": "he"}]}', {(1, "What Is")}),
	],
	ids=["Python", "JavaScript", "Jinja", "JSON"],
)
def test_phrases_are_found_in_docstrings_comments_and_translated_strings_only(reader, source, expected):
	found = {(number, phrase) for number, text in reader(source) for phrase in prose.phrases(text)}
	assert found == expected


def test_ordinary_sentences_pass():
	assert not prose.phrases("Return the chains that a user sees, whatever the helper knows.")


@pytest.mark.parametrize(("avoidable", "fails"), [(1, False), (2, True)])
def test_the_limit_is_a_rate(tmp_path, monkeypatch, avoidable, fails):
	monkeypatch.setattr(prose, "CHECKOUT", tmp_path)
	(tmp_path / "tools").mkdir()
	words = "# " + "word " * 4000 + "somebody " * avoidable
	(tmp_path / "tools" / "some.py").write_text(words + "\n")
	assert prose.has_too_many() is fails
