/** Choice and lookup of phone numbers and e-mail addresses. */

/** Return the address for the medium E-mail, else the number; the other one if it is missing, "" without both. */
export function best_phone_or_email(medium, { email, phone }) {
	return (medium === "E-mail" ? email || phone : phone || email) || "";
}

/** Return whether text is an address with a domain or has at least five digits; less text matches too many contacts. */
export function can_be_looked_up(text) {
	const value = (text || "").trim();
	if (value.includes("@")) return /^\S+@\S+\.\S+$/.test(value);
	return value.replace(/\D/g, "").length >= 5;
}

/**
 * Return the contacts found that belong to the chosen partner, or to any partner if none is chosen.
 *
 * A contact without a partner can't be chosen (R6).
 */
export function fitting(found, { party_type, party }) {
	return found.filter(
		(row) => row.party && (!party || (row.party_type === party_type && row.party === party))
	);
}
