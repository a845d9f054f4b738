/** Known values of a new activity that is logged from a form. */

const PARTNER_FIELDS = [
	["party_type", "party"],
	["opportunity_from", "party_name"],
	["quotation_to", "party_name"],
	["=Customer", "customer"],
	["=Lead", "lead"],
];
// Frappe CRM's deal names its partner by other types
const PARTNER_FIELDS_OF = {
	"CRM Deal": [
		["=CRM Organization", "organization"],
		["=CRM Lead", "lead"],
	],
};
const ORGANISATION = ["company", "branch", "department"];
// a contact keeps the link to its lead after a customer was made from it
const LEADS = ["Lead", "Prospect", "CRM Lead"];
const CAMPAIGNS = ["Campaign", "UTM Campaign"];

/**
 * Return a new activity's values: partner, contact, chain and subject, as far as the form has them.
 *
 * A partner's form gives the partner, a contact's the contact and its partner, an employee's the responsible user.
 * Other forms give partner and contact, their chain if it is open, and themselves as subject of a chain without one.
 *
 * @param form document type, name and document: `doctype`, `docname`, `doc`
 * @param chain the form's chain, or null
 * @param types the lists `party_types` and `subject_types` of the settings
 */
export function known_values({ doctype, docname, doc }, chain, { party_types = [], subject_types = [] }) {
	if (party_types.includes(doctype)) return { party_type: doctype, party: docname };
	if (doctype === "Contact") return of_contact(doc, docname, party_types);
	if (doctype === "Employee") return of_employee(doc, docname);
	const partner = partner_of(doc, party_types);
	const contact = partner && { contact: doc.contact || doc.contact_person };
	const campaign = CAMPAIGNS.includes(doctype) && { campaign: docname };
	return {
		...of_chain(chain),
		...partner,
		...contact,
		...campaign,
		...(subject_types.includes(doctype) &&
			!chain?.subject && { subject_type: doctype, subject: docname }),
	};
}

/** Return type and name of the partner that a document names, or null. */
export function partner_of(doc, party_types) {
	for (const [type_field, field] of PARTNER_FIELDS_OF[doc.doctype] || PARTNER_FIELDS) {
		const party_type = type_field.startsWith("=") ? type_field.slice(1) : doc[type_field];
		if (doc[field] && party_types.includes(party_type)) return { party_type, party: doc[field] };
	}
	return null;
}

function of_chain(chain) {
	if (!chain) return {};
	const { party_type, party, name, status } = chain;
	return { party_type, party, ...(status === "Open" && { chain: name }) };
}

function of_contact(doc, docname, party_types) {
	const links = (doc.links || []).filter(({ link_doctype }) => party_types.includes(link_doctype));
	const link = links.find(({ link_doctype }) => !LEADS.includes(link_doctype)) || links[0];
	// a contact without a partner can't be chosen
	if (!link) return { how_to_reach: doc.mobile_no || doc.phone || doc.email_id };
	return { party_type: link.link_doctype, party: link.link_name, contact: docname };
}

function of_employee(doc, docname) {
	const organisation = Object.fromEntries(ORGANISATION.map((field) => [field, doc[field]]));
	const responsible = doc.status === "Active" && doc.user_id;
	return { ...organisation, employee: docname, ...(responsible && { responsible }) };
}
