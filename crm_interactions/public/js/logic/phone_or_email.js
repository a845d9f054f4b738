/** Choice and lookup of phone numbers and e-mail addresses. */

/** Return the address for the medium E-mail, else the number; the other one if it is missing, "" without both. */
export function best_phone_or_email(medium, { email, phone }) {
	return (medium === "E-mail" ? email || phone : phone || email) || "";
}

/** Return whether text has an address with a domain or at least five digits; less text matches too many contacts. */
export function can_be_looked_up(text) {
	const value = text || "";
	if (value.includes("@")) return Boolean(read_address(value).email);
	return value.replace(/\D/g, "").length >= 5;
}

/** Return the first e-mail address of text and the name before its brackets, first name first; "" for a missing part. */
export function read_address(text) {
	const [, before, bracketed] = (text || "").match(/^([^<;]*)<\s*([^<>\s]+@[^<>\s]+\.[^<>\s]+)\s*>/) || [];
	if (bracketed) {
		const name = before.replace(/["']/g, "").trim();
		return { email: bracketed, name: name.replace(/^([^,]+),\s*([^,]+)$/, "$2 $1") };
	}
	const [bare] =
		(text || "").match(/[^\s<>()[\]:;,"'\\@]+@[^\s<>()[\]:;,"'\\@?]+\.[^\s<>()[\]:;,"'\\@?.]+/) || [];
	return { email: bare || "", name: "" };
}

/**
 * Return the contacts found that belong to the chosen partner, or those of any partner and partners if none is chosen.
 *
 * A contact without a partner can't be chosen (R6).
 */
export function fitting(found, { party_type, party }) {
	return found.filter(
		(row) =>
			row.party && (!party || (row.contact && row.party_type === party_type && row.party === party))
	);
}
