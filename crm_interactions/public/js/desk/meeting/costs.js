import { ask } from "../platform/server";

const COSTS = ["expected_cost", "actual_cost"];

/** Show each saved cost in the company's currency below its field, if ERPNext has an exchange rate. */
export async function show_costs(frm) {
	for (const fieldname of COSTS) hide_costs(frm, fieldname);
	// without the field of ERPNext there are no rates
	if (frm.is_new() || !frm.fields_dict.company || !COSTS.some((cost) => Number(frm.doc[cost]))) return;
	const { docname } = frm;
	const found = await ask("crm_interactions.api.meeting.costs", { meeting: docname });
	if (frm.docname !== docname || frm.is_dirty()) return;
	for (const [fieldname, cost] of Object.entries(found)) {
		frm.fields_dict[fieldname].set_description(sentence(cost));
	}
}

/** Remove the converted cost of a changed field: it belongs to the saved value. */
export function hide_costs(frm, fieldname) {
	frm.fields_dict?.[fieldname]?.set_description("");
}

function sentence({ amount, currency, rate, date }) {
	return frappe.utils.escape_html(
		__("{0} at the rate {1} of {2}", [
			format_currency(amount, currency),
			format_number(rate, null, 6),
			frappe.datetime.str_to_user(date),
		])
	);
}
