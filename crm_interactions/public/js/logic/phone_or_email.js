/** How a partner is reached: which of a contact's data fits the medium, and when typed text can be looked up. */

/** An address for mail, a number for everything else; the other one when the fitting one is missing. */
export function best_phone_or_email(medium, { email, phone }) {
	return (medium === "E-mail" ? email || phone : phone || email) || "";
}

/** An address with a domain, or five digits at least: less than that belongs to too many people. */
export function can_be_looked_up(text) {
	const value = (text || "").trim();
	if (value.includes("@")) return /^\S+@\S+\.\S+$/.test(value);
	return value.replace(/\D/g, "").length >= 5;
}

/**
 * The contacts that a number or an address leads to, as far as they fit what is chosen already.
 *
 * A contact without a partner can't be chosen (R6).
 */
export function fitting(found, { party_type, party }) {
	return found.filter(
		(row) => row.party && (!party || (row.party_type === party_type && row.party === party))
	);
}
