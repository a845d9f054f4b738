/** How to get in touch with a partner, from its form. */

const PHONES = ["mobile_no", "phone", "phone_no"];
const EMAILS = ["email_id", "email"];
const ADDRESS = ["address_line1", "address_line2", "pincode", "city"];

const first = (row, fields) => fields.map((field) => row?.[field]).find(Boolean) || "";

/**
 * Return `phone`, `email`, `person` and `address`, each "" if unknown.
 *
 * The partner's own number and address come first, else those of its primary contact, whose name is `person`.
 *
 * @param doc a partner with Frappe's lists of its contacts and postal addresses
 */
export function best_details({ __onload: { contact_list = [], addr_list = [] } = {}, ...doc }) {
	const by_mark = (list, mark) => list.find((row) => Number(row[mark])) || list[0];
	const contact = by_mark(contact_list, "is_primary_contact");
	const [phone, email] = [first(doc, PHONES), first(doc, EMAILS)];
	const postal = by_mark(addr_list, "is_primary_address") || {};
	const name =
		first(contact, ["full_name"]) || [contact?.first_name, contact?.last_name].filter(Boolean).join(" ");
	return {
		phone: phone || first(contact, PHONES),
		email: email || first(contact, EMAILS),
		person: contact && !phone && !email ? name : "",
		address: ADDRESS.map((field) => postal[field])
			.filter(Boolean)
			.join(", "),
	};
}
