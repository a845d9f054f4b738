// amount → its currency, which the server requires for an amount
const CURRENCY_OF = {
	amount: "currency",
	expected_cost: "expected_cost_currency",
	actual_cost: "actual_cost_currency",
};

/** Return handlers that fill in the site's currency once an amount is entered, if its currency is blank. */
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

/** Set currencies without an amount to "": Frappe fills the site's currency into every new document. */
export function drop_idle_currencies(doc) {
	for (const [amount, currency] of Object.entries(CURRENCY_OF)) {
		if (!frappe.meta.has_field(doc.doctype, currency)) continue;
		// empty instead of undefined, because the server fills in undefined values
		if (!Number(doc[amount])) doc[currency] = "";
	}
}
