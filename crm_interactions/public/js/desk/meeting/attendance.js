/** Show *Attended* if the meeting's status is Held, else *Answer*, in the place of *Phone*, if an invitation was answered. */
export function show_attendance(frm) {
	const grid = frm.fields_dict?.participants?.grid;
	if (!grid) return;
	const held = frm.doc.status === "Held";
	const answered = !held && (frm.doc.participants || []).some((row) => row.answer);
	const wanted = [
		["attended", "hidden", held ? 0 : 1],
		["answer", "in_list_view", answered ? 1 : 0],
		["phone", "in_list_view", answered ? 0 : 1],
	];
	const changed = wanted.filter(([name, property, value]) => grid.get_docfield(name)[property] !== value);
	for (const change of changed) grid.update_docfield_property(...change);
	if (changed.length) grid.reset_grid();
}
