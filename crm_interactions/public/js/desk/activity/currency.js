// amount → the currency that it is given in; the server asks for it where there is an amount
const CURRENCY_OF = {
	amount: "currency",
	expected_cost: "expected_cost_currency",
	actual_cost: "actual_cost_currency",
};

/** Handlers that propose the site's currency once an amount is typed, and not before. */
export function currency_handlers() {
	const handlers = {};
	for (const [amount, currency] of Object.entries(CURRENCY_OF)) {
		handlers[amount] = (frm) => {
			const proposed = frappe.boot.sysdefaults.currency;
			if (proposed && Number(frm.doc[amount]) && !frm.doc[currency] && frm.fields_dict[currency]) {
				return frm.set_value(currency, proposed);
			}
		};
	}
	return handlers;
}

/** The platform fills the site's currency into every new record, also where there is no amount. */
export function drop_idle_currencies(doc) {
	for (const [amount, currency] of Object.entries(CURRENCY_OF)) {
		if (!frappe.meta.has_field(doc.doctype, currency)) continue;
		// empty, not missing: the server would fill in what is missing
		if (!Number(doc[amount])) doc[currency] = "";
	}
}
