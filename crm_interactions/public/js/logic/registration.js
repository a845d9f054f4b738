/** Rows of the settings that register a document type, and the meanings of its status values. */

export const FIELDS = ["date_field", "title_field", "party_field", "responsible_field", "status_field"];

const lines = (text) => (text || "").split("\n").map((line) => line.trim()).filter(Boolean); // prettier-ignore

/** Return what the dialog starts with: the fields of a row, or else the guessed ones. */
export function start_values(row, guess) {
	if (!row) return { ...guess, direction: "" };
	const fields = Object.fromEntries(FIELDS.map((name) => [name, row[name] || ""]));
	return { ...fields, origin_fields: lines(row.origin_fields), direction: row.direction || "" };
}

/** Return the values of a status with their meaning: of the row if it names this field, or else as guessed. */
export function start_states(row, status_field, states) {
	const known = states[status_field] || [];
	if (!row || row.status_field !== status_field) return known.map((state) => ({ ...state }));
	const planned = lines(row.planned_values);
	const cancelled = lines(row.cancelled_values);
	const all = new Map(known.map(({ value, label }) => [value, label]));
	// values that are no longer among the choices stay
	for (const value of [...planned, ...cancelled]) if (!all.has(value)) all.set(value, value);
	const state_of = (value) =>
		cancelled.includes(value) ? "Cancelled" : planned.includes(value) ? "Planned" : "Done";
	return [...all].map(([value, label]) => ({ value, label, state: state_of(value) }));
}

/** Return a field's choices for a select: an empty one with its meaning, and a stored one that no longer suits. */
export function field_options(fields, blank, stored) {
	const known = fields.some(({ value }) => value === stored);
	return [
		{ value: "", label: blank },
		...fields,
		...(stored && !known ? [{ value: stored, label: stored }] : []),
	];
}

/** Return the fields of a row of the settings. */
export function row_values(document_type, chosen, states, row) {
	const of = (name) => states.filter(({ state }) => state === name).map(({ value }) => value).join("\n"); // prettier-ignore
	const kept = row && row.party_field === chosen.party_field ? row.party_type_field : "";
	return {
		document_type,
		...Object.fromEntries(FIELDS.map((name) => [name, chosen[name] || ""])),
		party_type_field: kept || "",
		planned_values: of("Planned"),
		cancelled_values: of("Cancelled"),
		direction: chosen.direction || "",
		origin_fields: (chosen.origin_fields || []).join("\n"),
	};
}
