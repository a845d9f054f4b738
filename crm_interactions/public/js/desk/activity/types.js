import { type_filters } from "../../logic/options";
import { settings } from "../platform/boot";
import { shown } from "./prefill";

const cache = new Map();

/** Return `medium`, `default_direction` and `default_duration` of a type, cached until a reload; {} without a name. */
export async function type_details(name) {
	if (!name) return {};
	if (!cache.has(name)) {
		const fields = ["medium", "default_direction", "default_duration"];
		cache.set(
			name,
			frappe.db.get_value("Interaction Type", name, fields).then((r) => r.message || {})
		);
	}
	return cache.get(name);
}

/** Fill in the type's default direction, unless the user chose another; return the type's details. */
export async function propose_direction(host) {
	const type = await type_details(host.get("interaction_type"));
	const control = host.control("direction");
	const current = host.get("direction");
	// the form of a meeting shows a direction only if it has one
	const is_asked = control && host.doctype !== "Meeting";
	if (is_asked && type.default_direction && (!current || current === control.proposed)) {
		control.proposed = type.default_direction;
		await host.set({ direction: type.default_direction });
	}
	return type;
}

export function type_query() {
	return { filters: type_filters(settings()) };
}

export function enabled_query() {
	return { filters: { disabled: 0 } };
}

/** Fill in the oldest enabled type with the medium Meeting, if there is one, unless a type is entered. */
export async function propose_meeting_type(host) {
	if (host.get("interaction_type")) return;
	const types = await frappe.db.get_list("Interaction Type", {
		filters: { medium: "Meeting", disabled: 0 },
		order_by: "creation asc",
		limit: 1,
	});
	// may_prefill would wait: Frappe focuses the first field of a new form
	if (types.length && !host.get("interaction_type") && !shown(host, "interaction_type")) {
		await host.set({ interaction_type: types[0].name });
	}
}
