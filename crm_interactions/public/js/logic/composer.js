/** What the composer above a feed logs. */

const LONGEST_TOPIC = 140;
const KINDS = [
	{ key: "call_in", label: "Incoming Call", medium: "Phone Call", direction: "Incoming" },
	{ key: "call_out", label: "Outgoing Call", medium: "Phone Call", direction: "Outgoing" },
	{ key: "mail", label: "E-mail", medium: "E-mail" },
	{ key: "sms", label: "SMS", medium: "SMS" },
	{ key: "note", label: "Note", medium: "Other" },
	{ key: "plan", label: "Plan", medium: "Planned" },
];

/**
 * Return the kinds that the site's types allow: `key`, English `label`, `type`, `direction` and `icon`.
 *
 * @param types enabled interaction types, the oldest first; of several with a medium, one with the direction is preferred
 */
export function kinds_of(types) {
	return KINDS.flatMap(({ medium, direction, ...kind }) => {
		const fitting = types.filter((type) => type.medium === medium);
		const type = fitting.find((one) => direction && one.default_direction === direction) || fitting[0];
		if (!type) return [];
		return [
			{
				...kind,
				type: type.name,
				icon: type.icon,
				direction: direction || type.default_direction || "",
			},
		];
	});
}

/**
 * Return `topic` and `note` of a text: its first line and the others.
 *
 * A long line is cut between words, and the whole text is the note.
 */
export function split_text(text) {
	const whole = (text || "").trim();
	const [line, ...others] = whole.split("\n");
	if (line.length <= LONGEST_TOPIC) return { topic: line.trim(), note: others.join("\n").trim() };
	const start = line.slice(0, LONGEST_TOPIC);
	return { topic: `${start.slice(0, Math.max(start.lastIndexOf(" "), LONGEST_TOPIC / 2))}…`, note: whole };
}

/** Return the contact to propose: of the newest activity with one, else the first; "" without any. */
export function proposed_contact(contacts, rows) {
	const names = contacts.map(({ name }) => name);
	return rows.map(({ contact }) => contact).find((name) => names.includes(name)) || names[0] || "";
}
