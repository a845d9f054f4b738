import { default_party_type, only_party_type } from "../../logic/options";
import { read_address } from "../../logic/phone_or_email";
import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";

/**
 * Open a dialog that creates a contact person without leaving the form (R3), and asks for a partner that is missing.
 *
 * Frappe's "Create a new Contact" opens the whole Contact form, but during a call only a name and a number are known.
 *
 * @param of `party_type` and `party` of the contact; `reach` is the initial number or address, with a name or without
 * @param name the text in the contact field
 * @param done callback with the name of the new Contact and its `{ party_type, party }`
 */
export function ask_for_contact({ party_type, party, reach = "" }, name, done) {
	const address = read_address(reach);
	const [first_name, ...rest] = (name || address.name).trim().split(/\s+/);
	const is_address = (reach || "").includes("@");
	const dialog = make_dialog({
		title: party
			? __("New Contact Person for {0}", [frappe.utils.escape_html(party)])
			: __("New Contact Person"),
		fields: [
			...(party ? [] : partner_fields(party_type)),
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
				default: address.email,
			},
			{ fieldtype: "Section Break" },
			{ fieldname: "designation", fieldtype: "Data", label: __("Designation") },
		],
		primary_action_label: __("Save"),
		async primary_action(values) {
			const partner = party
				? { party_type, party }
				: { party_type: values.party_type, party: values.party };
			const contact = await frappe.db.insert(new_contact(values, partner));
			if (contact.full_name) frappe.utils.add_link_title("Contact", contact.name, contact.full_name);
			dialog.hide();
			done(contact.name, partner);
		},
	});
	dialog.show();
}

/** Return fields for a partner: its type, hidden if the site has only one, and its name; a section ends them. */
export function partner_fields(party_type) {
	const only = only_party_type(settings());
	return [
		{
			fieldname: "party_type",
			fieldtype: "Link",
			options: "DocType",
			label: __("Partner Type"),
			reqd: 1,
			default: party_type || default_party_type(settings()),
			hidden: only ? 1 : 0,
			get_query: () => ({ filters: { name: ["in", settings().party_types || []] } }),
		},
		{
			fieldname: "party",
			fieldtype: "Dynamic Link",
			label: __("Partner"),
			reqd: 1,
			// while the dialog opens, Frappe would ask the one below
			get_options: (control) => control.layout.get_value("party_type"),
		},
		{ fieldtype: "Section Break" },
	];
}

function new_contact({ first_name, last_name, designation, phone, email }, { party_type, party }) {
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
