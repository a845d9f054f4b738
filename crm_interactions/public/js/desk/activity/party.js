import { escaped } from "../chains/html";
import { best_phone_or_email, can_be_looked_up, fitting } from "../../logic/phone_or_email";
import { only_party_type } from "../../logic/options";
import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";
import { toast } from "../platform/toast";
import { ask_for_contact } from "./contact_dialog";
import { may_prefill, remember, shown } from "./prefill";
import { ask } from "../platform/server";
import { enabled_query, type_details, type_query } from "./types";

const CONTACT_QUERY = "crm_interactions.api.party.contact_query";

/** Set link queries and a dialog for "Create a new Contact", for fields that exist; call once per form or dialog. */
export function setup_party_fields(host) {
	const query = (fieldname, get_query, description) => {
		const control = host.control(fieldname);
		if (!control) return;
		control.get_query = get_query;
		// replaces Frappe's list of technical conditions
		control.df.filter_description = description;
	};
	const configured = __("Types allowed in the settings");
	query("interaction_type", type_query, __("Enabled types"));
	query("party_type", () => ({ filters: { name: ["in", settings().party_types || []] } }), configured);
	query("subject_type", () => ({ filters: { name: ["in", settings().subject_types || []] } }), configured);
	query("contact", () => contact_query(host));
	for (const fieldname of ["priority", "category", "outcome"]) {
		query(fieldname, enabled_query, __("Enabled values"));
	}

	const contact = host.control("contact");
	if (!contact) return;
	contact.new_doc = () => {
		create_contact(host, contact.get_label_value());
		return false;
	};
}

function create_contact(host, name) {
	ask_for_contact(
		{ party_type: host.get("party_type"), party: host.get("party"), reach: host.get("how_to_reach") },
		name,
		async (contact, partner) => {
			if (!host.get("party")) await host.set(partner);
			await host.set({ contact });
		}
	);
}

export function contact_query(host) {
	return {
		query: CONTACT_QUERY,
		filters: { party_type: host.get("party_type"), party: host.get("party") },
	};
}

/** Disable a blank contact, and creating contacts, without a partner, with a hint in the field; else enable it (R6). */
export function guard_contact(host) {
	const control = host.control("contact");
	if (!control) return;
	const party = host.get("party");
	const hint = party ? "" : __("Choose the partner first");
	control.df.only_select = party ? 0 : 1;
	control.df.filter_description = party ? __("Contact persons of the partner") : hint;
	control.df.placeholder = hint;
	if (!control.$input) return;
	control.$input.attr("placeholder", hint).prop("disabled", !party && !host.get("contact"));
	// cached results of another partner
	control.$input.cache = {};
}

/** Hide the partner type on a site that has only one, unless the document has another; never show it again. */
export function hide_only_party_type(host) {
	const only = only_party_type(settings());
	const control = host.control("party_type");
	if (!only || !control || (host.get("party_type") && host.get("party_type") !== only)) return;
	control.df.hidden = 1;
	control.refresh();
}

export async function on_party_type(host) {
	await empty_unless(host, "party", (party) => exists(host.get("party_type"), party));
}

async function exists(doctype, name) {
	return doctype && name && (await frappe.db.exists(doctype, name));
}

/**
 * Fill in the only partner type, clear a contact that isn't the partner's, and disable the contact without a partner.
 *
 * The server checks whether the contact belongs to the partner; a contact that the user changes meanwhile stays.
 */
export async function on_party(host) {
	if (host.get("party") && !host.get("party_type") && only_party_type(settings())) {
		await host.set({ party_type: only_party_type(settings()) });
	}
	await empty_unless(host, "contact", (contact) => belongs(host, contact));
	guard_contact(host);
}

/** Clear a field whose value no longer fits, unless the user changes it during the check. */
async function empty_unless(host, fieldname, fits) {
	const value = host.get(fieldname);
	if (!value) return;
	const still = remember(host, fieldname);
	const text = shown(host, fieldname);
	if (!(await fits(value)) && still() && shown(host, fieldname) === text) {
		await host.set({ [fieldname]: "" });
	}
}

async function belongs(host, contact) {
	if (!host.get("party")) return false;
	const found = await frappe.xcall("frappe.desk.search.search_link", {
		doctype: "Contact",
		txt: contact,
		...contact_query(host),
		reference_doctype: host.doctype,
		page_length: 50,
	});
	return (found || []).some((row) => row.value === contact);
}

/** Fill the contact's number or address, by the type's medium, into the blank field; wait while the user is in it. */
export async function on_contact(host) {
	const contact = host.get("contact");
	if (!contact || host.get("how_to_reach") || !host.control("how_to_reach")) return;
	// people are invited by the addresses of the participants
	if (host.doctype === "Meeting") return;
	const still = remember(host, "contact");
	const [details, type] = await Promise.all([
		ask("crm_interactions.api.party.participant_details", {
			participant_type: "Contact",
			participant: contact,
		}),
		type_details(host.get("interaction_type")),
	]);
	const reach = best_phone_or_email(type.medium, details);
	if (reach && still() && (await may_prefill(host, "how_to_reach")) && still()) {
		await host.set({ how_to_reach: reach });
	}
}

/**
 * Find contact and partner of a number or address, unless a contact is chosen or the text is too short.
 *
 * One exact match is filled in, with an alert; of several, and of candidates with the same trailing digits or known from
 * earlier activities, the user chooses in a dialog; without any, an alert offers a new contact. Only contacts with a
 * partner and partners match, or only contacts of the chosen partner. Text in the field of partner or contact stops the
 * search.
 */
export async function on_how_to_reach(host) {
	const text = host.get("how_to_reach");
	if (host.get("contact") || !can_be_looked_up(text)) return;
	const still = remember(host, "how_to_reach");
	const found = await ask("crm_interactions.api.party.find", { reach_text: text });
	if (!found || !still()) return;
	for (const fieldname of ["party", "contact"].filter((name) => !host.get(name))) {
		if (!(await may_prefill(host, fieldname))) return;
	}
	if (!still() || host.get("contact")) return;
	const matches = fitting(found, { party_type: host.get("party_type"), party: host.get("party") });
	if (!matches.length) offer_new_contact(host);
	else if (matches.length === 1 && matches[0].exact) await take(host, matches[0]);
	else choose(matches, (row) => take(host, row));
}

/** Say that no contact has the number or address, and offer to create one. */
function offer_new_contact(host) {
	const reach = frappe.utils.escape_html(host.get("how_to_reach"));
	const message = host.get("party")
		? __("No contact of the partner has {0}.", [reach])
		: __("No contact has {0}.", [reach]);
	toast(message, {
		indicator: "orange",
		action: { label: __("New Contact"), run: () => create_contact(host) },
	});
}

async function take(host, row) {
	await host.set({ party_type: row.party_type, party: row.party });
	await host.set({ contact: row.contact });
	toast(escaped(label_of(row, ", ")));
}

function match_label(are_contacts, exact) {
	if (!are_contacts) return __("Partners with This Number or Address");
	return exact ? __("Contacts with This Number or Address") : __("Contacts with the Same Last Digits");
}

/** Return the names of contact and partner; a partner's own number has no contact. */
function label_of(row, between) {
	return [row.full_name, row.party_name || row.party].filter(Boolean).join(between);
}

function choose(matches, use) {
	const labels = matches.map((row) => label_of(row, " – "));
	const are_contacts = matches.every((row) => row.contact);
	const dialog = make_dialog({
		asks: false,
		title: are_contacts ? __("Choose the Contact") : __("Choose the Partner"),
		fields: [
			{
				fieldname: "match",
				fieldtype: "Select",
				label: match_label(are_contacts, matches[0].exact),
				options: labels.map((label, index) => ({
					label: escaped(label),
					value: String(index),
				})),
				default: "0",
				reqd: 1,
			},
		],
		primary_action_label: __("Choose"),
		primary_action({ match }) {
			dialog.hide();
			use(matches[Number(match)]);
		},
	});
	dialog.show();
}
