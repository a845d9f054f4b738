/**
 * Open a dialog that creates a contact person of the chosen partner without leaving the form (R3).
 *
 * Frappe's "Create a new Contact" opens the whole Contact form, but during a call only a name and a number are known.
 *
 * @param of `party_type` and `party` of the contact; `reach` is the initial number or address
 * @param name the text in the contact field
 * @param done callback with the name of the new Contact
 */
export function ask_for_contact({ party_type, party, reach = "" }, name, done) {
	const [first_name, ...rest] = (name || "").trim().split(/\s+/);
	const is_address = (reach || "").includes("@");
	const dialog = new frappe.ui.Dialog({
		title: __("New Contact Person for {0}", [frappe.utils.escape_html(party)]),
		fields: [
			{
				fieldname: "first_name",
				fieldtype: "Data",
				label: __("First Name"),
				reqd: 1,
				default: first_name,
			},
			{ fieldname: "phone", fieldtype: "Data", label: __("Phone"), default: is_address ? "" : reach },
			{ fieldtype: "Column Break" },
			{ fieldname: "last_name", fieldtype: "Data", label: __("Last Name"), default: rest.join(" ") },
			{
				fieldname: "email",
				fieldtype: "Data",
				options: "Email",
				label: __("Email"),
				default: is_address ? reach : "",
			},
			{ fieldtype: "Section Break" },
			{ fieldname: "designation", fieldtype: "Data", label: __("Designation") },
		],
		primary_action_label: __("Save"),
		async primary_action(values) {
			const contact = await frappe.db.insert(new_contact(values, party_type, party));
			if (contact.full_name) frappe.utils.add_link_title("Contact", contact.name, contact.full_name);
			dialog.hide();
			done(contact.name);
		},
	});
	dialog.show();
}

function new_contact({ first_name, last_name, designation, phone, email }, party_type, party) {
	return {
		doctype: "Contact",
		first_name,
		last_name,
		designation,
		links: [{ link_doctype: party_type, link_name: party }],
		phone_nos: phone ? [{ phone, is_primary_phone: 1 }] : [],
		email_ids: email ? [{ email_id: email, is_primary: 1 }] : [],
	};
}
