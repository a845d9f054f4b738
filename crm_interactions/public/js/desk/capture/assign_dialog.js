import { as_typed } from "../../logic/stored_text";
import { ask_for_contact, partner_fields } from "../activity/contact_dialog";
import { make_dialog } from "../platform/dialog";

const CONTACT_QUERY = "crm_interactions.api.party.contact_query";

/**
 * Open a dialog that assigns a captured item to a partner, and may add its address or number to a contact.
 *
 * @param item the document
 * @param known initial values: `party_type`, `party`, `contact`
 * @param done callback with the server's answer
 */
export function open_assign(item, known, done) {
	const address = as_typed(item.address);
	const dialog = make_dialog({
		title: __("Assign to a Partner"),
		fields: fields(address, known, () => dialog),
		primary_action_label: __("Assign"),
		async primary_action(values) {
			const args = { item: item.name, ...values, teach: values.teach && values.contact ? 1 : 0 };
			const answer = await frappe.xcall("crm_interactions.api.capture.assign", args);
			dialog.hide();
			done(answer);
		},
	});
	dialog.show();
	offer_new_contact(dialog, address);
	dialog.set_values({ ...known });
}

function fields(address, known, dialog_of) {
	return [
		...partner_fields(known.party_type),
		{
			fieldname: "contact",
			fieldtype: "Link",
			options: "Contact",
			label: __("Contact"),
			get_query: () => ({ query: CONTACT_QUERY, filters: partner_of(dialog_of()) }),
		},
		{
			fieldname: "teach",
			fieldtype: "Check",
			label: __("Add {0} to the contact", [address]),
			default: 1,
			depends_on: "contact",
			description: __("Later mail, calls and messages from it are then assigned by themselves."),
		},
	];
}

const partner_of = (dialog) => ({
	party_type: dialog.get_value("party_type"),
	party: dialog.get_value("party"),
});

function offer_new_contact(dialog, address) {
	const control = dialog.fields_dict.contact;
	control.new_doc = () => {
		const partner = partner_of(dialog);
		ask_for_contact(
			{ ...partner, reach: address },
			control.get_label_value(),
			async (contact, chosen) => {
				if (!partner.party) await dialog.set_values(chosen);
				dialog.set_value("contact", contact);
			}
		);
		return false;
	};
}
