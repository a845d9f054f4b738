/** Show the *Attended* column if the meeting's status is Held, else hide it. */
export function show_attendance(frm) {
	const grid = frm.fields_dict?.participants?.grid;
	if (!grid) return;
	const hidden = frm.doc.status === "Held" ? 0 : 1;
	if (grid.get_docfield("attended").hidden === hidden) return;
	grid.update_docfield_property("attended", "hidden", hidden);
	grid.reset_grid();
}
