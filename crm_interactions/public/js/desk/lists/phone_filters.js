/** Hide filters behind a button on phones, as Frappe 16 does; Frappe 15 stacks them above the list. */
export function fold_filters_on_phones({ filter_area, page }) {
	if (!frappe.is_mobile() || !filter_area || page.wrapper.find(".filter-toggle").length) return;
	const $filters = filter_area.standard_filters_wrapper.hide();
	$(`<button type="button" class="filter-toggle btn btn-default btn-sm">${__("Filters")}</button>`)
		.on("click", () => $filters.toggle())
		.prependTo(page.wrapper.find(".filter-selector"));
}
