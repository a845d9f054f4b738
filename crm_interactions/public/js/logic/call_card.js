/**
 * Decide what the card of a call shows.
 *
 * A card: `key`, `number`, `event`, and `doctype` and `name` of the call once it is recorded; after the look-up also
 * `matches`, `chosen` (one of them), `recent` and `open`.
 */

export const RINGING = "ringing";

const HEADINGS = {
	ringing: "Incoming Call",
	answered: "Call Answered",
	missed: "Missed Call",
	ended: "Call Ended",
};

/** Return the English heading of a card. */
export function heading(card) {
	return HEADINGS[card.event] || HEADINGS.ringing;
}

/** Return the cards after an event of a call: a ringing call gets one, other events change the card of their call. */
export function after_event(cards, { key, number, event, doctype, name }) {
	if (cards.some((card) => card.key === key)) {
		return cards.map((card) =>
			card.key === key
				? { ...card, event, doctype: doctype || card.doctype, name: name || card.name }
				: card
		);
	}
	return event === RINGING ? [...cards, { key, number, event }] : cards;
}

/** Return the card with what the look-up found; a single exact match is chosen. */
export function after_look_up(card, { matches, recent, open, interaction_type }) {
	const chosen = matches.length === 1 && matches[0].exact ? matches[0] : null;
	return { ...card, matches, chosen, recent, open, interaction_type };
}

/** Return which part the card shows: "loading", "nobody", "choice" or "history". */
export function part_of(card) {
	if (!card.matches) return "loading";
	if (card.chosen) return "history";
	return card.matches.length ? "choice" : "nobody";
}

/** Return name and partner of a match; a partner without a contact is the name. */
export function who(match) {
	const partner = match.party_name || match.party || "";
	return match.full_name ? { name: match.full_name, partner } : { name: partner, partner: "" };
}

/** Return the values with which quick entry opens. */
export function known_values({ number, chosen, interaction_type }) {
	const { party_type, party, contact } = chosen || {};
	return { interaction_type, direction: "Incoming", party_type, party, contact, how_to_reach: number };
}

/** Return whether the call has an interaction to open instead of logging a second one. */
export function is_recorded({ doctype, name }) {
	return doctype === "Interaction" && Boolean(name);
}
