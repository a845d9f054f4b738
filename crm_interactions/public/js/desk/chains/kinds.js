import { settings } from "../platform/boot";

/** Return the registered types that the user may read: `doctype`, `icon`, `color`, `has_chain` (true for own types). */
export function kinds() {
	return settings().activity_types || [];
}

/** Return the translated plural of a document type (Frappe has only the singular); unlisted types stay singular. */
export function kind_label(doctype) {
	const several = {
		Interaction: () => __("Interactions"),
		Meeting: () => __("Meetings"),
		"Product Record": () => __("Product Records"),
		ToDo: () => __("To-Dos"),
		Event: () => __("Events"),
		Quotation: () => __("Quotations"),
		Opportunity: () => __("Opportunities"),
		"Sales Order": () => __("Sales Orders"),
		Task: () => __("Tasks"),
		Issue: () => __("Issues"),
		Project: () => __("Projects"),
		"CRM Deal": () => __("Deals"),
		"CRM Task": () => __("CRM Tasks"),
		"CRM Call Log": () => __("Call Logs"),
		"FCRM Note": () => __("Notes"),
	}[doctype];
	return several ? several() : __(doctype);
}

/** Return a jQuery element with the icon of a type on a coloured tile; a file icon if Frappe's version lacks it. */
export function kind_tile({ icon, color, doctype, activity_type }, css_class = "") {
	const exists = icon && document.getElementById(`icon-${icon}`);
	return $(`<span class="crm-kind">${frappe.utils.icon(exists ? icon : "file", "sm")}</span>`)
		.addClass(css_class)
		.attr("data-color", color)
		.attr("title", __(doctype || activity_type));
}

/** Return the tile of an activity with the icon and the colour of its interaction type, as far as they are set. */
export function type_tile({ type_icon, type_color, interaction_type, ...row }) {
	const $tile = kind_tile({ ...row, icon: type_icon || row.icon });
	if (/^#[0-9a-f]{3,8}$/i.test(type_color || "")) {
		$tile.addClass("crm-type").get(0).style.setProperty("--crm-type-color", type_color);
	}
	return $tile.attr("title", __(interaction_type));
}
