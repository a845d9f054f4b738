/** Show *Attended* if the meeting's status is Held, else *Answer* if somebody has answered the invitation. */
export function show_attendance(frm) {
	const grid = frm.fields_dict?.participants?.grid;
	if (!grid) return;
	const held = frm.doc.status === "Held";
	const answered = (frm.doc.participants || []).some((row) => row.answer);
	const hidden = { attended: held ? 0 : 1, answer: !held && answered ? 0 : 1 };
	const changed = Object.entries(hidden).filter(
		([name, value]) => grid.get_docfield(name).hidden !== value
	);
	for (const [name, value] of changed) grid.update_docfield_property(name, "hidden", value);
	grid.update_docfield_property("answer", "in_list_view", 1);
	if (changed.length) grid.reset_grid();
}
