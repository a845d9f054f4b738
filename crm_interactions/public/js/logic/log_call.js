/** Decisions of the dialog *Log Call*, without the Desk. Labels are English. */

import { split_text } from "./composer.js";

const FEWEST_DIGITS = 5;
const NUMBER = /^[\d\s()+./-]+$/;

/** Next steps that the dialog offers, with English labels. */
export const NEXT_STEPS = [
	{ value: "", label: "" },
	{ value: "1 Days", label: "Tomorrow" },
	{ value: "3 Days", label: "In 3 Days" },
	{ value: "1 Weeks", label: "In 1 Week" },
	{ value: "1 Months", label: "In 1 Month" },
];

/** Return whether a text is a telephone number or an e-mail address rather than a name. */
export function is_reach(text) {
	const typed = (text || "").trim();
	return typed.includes("@") || (NUMBER.test(typed) && typed.replace(/\D/g, "").length >= FEWEST_DIGITS);
}

/** Return the match to choose without asking: the only one with exactly this number or address; else null. */
export const sole_match = (matches) => (matches.length === 1 && matches[0].exact ? matches[0] : null);

/** Return a blank draft; `key` keeps a repeated request from logging it twice. */
export const new_draft = (key) => ({ key, who: "", note: "", kind: "", outcome: "", next: "", chosen: null });

/** Return the stored draft, or a blank one if there is none that can be read. */
export function read_draft(text, key) {
	try {
		const found = JSON.parse(text);
		return found && typeof found === "object" && found.key
			? { ...new_draft(key), ...found }
			: new_draft(key);
	} catch {
		return new_draft(key);
	}
}

/** Return whether a kind of `composer.kinds_of` is a telephone call, which has a duration. */
export const is_call = ({ key }) => key.startsWith("call");

/** Return whether a draft holds anything that the user entered. */
export const is_blank = ({ who, note }) => !who.trim() && !note.trim();

/**
 * Return the values to log; `problem`, an English sentence, instead if something is missing.
 *
 * @param draft of `new_draft`
 * @param kind of `composer.kinds_of`
 * @param choices contact and chain that the user chose
 */
export function values_of(draft, kind, choices) {
	const { who, note, chosen, outcome, next } = draft;
	const reach = is_reach(who) ? who.trim() : "";
	if (!chosen && !reach) return { problem: "Choose a partner or a person, or enter a number." };
	const { topic, note: rest } = split_text(note);
	if (!topic) return { problem: "Write a note. Its first line becomes the topic." };
	const { party_type, party, contact } = chosen || {};
	return {
		values: {
			interaction_type: kind.type,
			direction: kind.direction,
			status: "Held",
			...{ party_type, party, contact, how_to_reach: reach, ...choices },
			...{ title: topic, notes: rest, outcome },
			...plan_of(next),
		},
	};
}

/** Return the fields that plan a next step of `NEXT_STEPS`. */
function plan_of(next) {
	if (!next) return {};
	const [next_in, next_unit] = next.split(" ");
	return { plan_next: 1, next_in: Number(next_in), next_unit };
}
