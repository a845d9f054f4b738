import { settings } from "../platform/boot";

/**
 * Add the app's lists to the Connections of a form, before Frappe draws them; the server counts them
 * (`chains/connections.py`). Lists that an administrator added to the form stay as they are.
 *
 * A form without connections gets none, because the counts of its panel say and open the same.
 */
export function add_connections(frm) {
	const own = (settings().connections || {})[frm.doctype];
	const data = frm.meta.__dashboard;
	if (!own || !data?.transactions?.length) return;
	const known = data.transactions.flatMap(({ items }) => items);
	const items = own.items.filter((item) => !known.includes(item));
	if (!items.length) return;
	data.transactions.push({ label: __("Activities"), items });
	// without a field, Frappe counts nothing
	data.fieldname = data.fieldname || own.field;
	data.non_standard_fieldnames = {
		...data.non_standard_fieldnames,
		...Object.fromEntries(items.map((item) => [item, own.field])),
	};
	if (own.type_field) {
		data.dynamic_links = { ...data.dynamic_links, [own.field]: [frm.doctype, own.type_field] };
	}
	frm.make_methods = { ...makers(frm, items), ...frm.make_methods };
}

/** Return item → function of its *+*, which opens quick entry with what the form knows. */
function makers(frm, items) {
	return Object.fromEntries(items.map((item) => [item, () => frm.crm_panel.record(item)]));
}
