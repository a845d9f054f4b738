/** Entries of the chain log as sentences. Values must be escaped: they appear in bold or as links. */

const UNDOABLE = ["Join", "Split", "Subject"];

export function can_be_undone({ action, undone_on }) {
	return UNDOABLE.includes(action) && !undone_on;
}

/**
 * Return the sentence of a log entry, as HTML, without user and time; an unknown action gives its name.
 *
 * @param entry a row of Interaction Chain Log, with `moved`, the number of activities that a join or split moved
 * @param seen_from the chain whose log is shown
 * @param show { chain, activity, subject, text }, each a function that returns HTML
 */
export function log_sentence(entry, seen_from, show, __) {
	return (SENTENCES[entry.action] || (() => __(entry.action)))(entry, seen_from, show, __);
}

const SENTENCES = {
	Join(entry, seen_from, show, __) {
		if (entry.chain !== seen_from)
			return __("This chain was joined into {0}.", [show.chain(entry.chain)]);
		const chain = show.chain(entry.other_chain);
		if (!entry.moved) return __("{0} was joined.", [chain]);
		if (entry.moved === 1) return __("{0} was joined (1 activity).", [chain]);
		return __("{0} was joined ({1} activities).", [chain, entry.moved]);
	},
	Split(entry, seen_from, show, __) {
		if (entry.chain !== seen_from)
			return __("This chain was split off from {0}.", [show.chain(entry.chain)]);
		const values = [show.activity(entry), show.chain(entry.other_chain), entry.moved];
		if (entry.moved > 1) {
			return __("{0} and the activities after it were moved to {1} ({2} activities).", values);
		}
		return __("{0} was moved to {1}.", values);
	},
	Subject(entry, seen_from, show, __) {
		const before = show.subject(entry.subject_type_before, entry.subject_before);
		const after = show.subject(entry.subject_type_after, entry.subject_after);
		if (before && after) return __("The subject was changed from {0} to {1}.", [before, after]);
		if (after) return __("{0} became the subject.", [after]);
		return __("The subject {0} was removed.", [before]);
	},
	Result({ result_before, result_after }, seen_from, show, __) {
		const [before, after] = [result_before, result_after].map((result) => show.text(__(result || "")));
		if (before && after) return __("The subject changed the result from {0} to {1}.", [before, after]);
		if (after) return __("The subject gave the result {0}.", [after]);
		return __("The subject no longer gives the result {0}.", [before]);
	},
	Close({ note, result_after }, seen_from, show, __) {
		const result = show.text(__(result_after || ""));
		if (result && note)
			return __("The chain was closed with the result {0}: {1}", [result, show.text(note)]);
		if (result) return __("The chain was closed with the result {0}.", [result]);
		return note ? __("The chain was closed: {0}", [show.text(note)]) : __("The chain was closed.");
	},
	Reopen: (entry, seen_from, show, __) => __("The chain was reopened."),
	Delete: (entry, seen_from, show, __) => __("{0} was deleted.", [show.text(entry.note || entry.activity)]),
	Undo(entry, seen_from, show, __) {
		return entry.other_chain
			? __("The change with {0} was undone.", [
					show.chain(entry.other_chain === seen_from ? entry.chain : entry.other_chain),
				])
			: __("The subject change was undone.");
	},
};
