import { settings } from "../platform/boot";

/** The registered document types that this user may read: `doctype`, `icon`, `color`, `has_chain`. */
export function kinds() {
	return settings().activity_types || [];
}

/** Several of them; the platform translates names of document types in the singular only. */
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

/** The icon of a kind on a tile of its colour; a plain sheet where this version's set lacks the icon. */
export function kind_tile({ icon, color, doctype, activity_type }, css_class = "") {
	const there = icon && document.getElementById(`icon-${icon}`);
	return $(`<span class="crm-kind">${frappe.utils.icon(there ? icon : "file", "sm")}</span>`)
		.addClass(css_class)
		.attr("data-color", color)
		.attr("title", __(doctype || activity_type));
}
