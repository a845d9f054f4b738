const MOST_IN_REPORTS = 3;

/**
 * Keep a list's filters in one row: the `wanted` ones, and others that have a value; *More…* shows the rest (R1).
 *
 * @param wanted names of filters, in the order shown
 */
export function fold_filters(list_view, wanted) {
	// the report builder has less room beside its buttons
	const first = list_view.view_name === "Report" ? wanted.slice(0, MOST_IN_REPORTS) : wanted;
	const { fields_dict } = list_view.page;
	const $filters = list_view.filter_area?.standard_filters_wrapper;
	const rest = Object.values(fields_dict).filter(({ df }) => !first.includes(df.fieldname));
	if (!$filters || !rest.length) return;
	for (const name of [...first].reverse()) fields_dict[name]?.$wrapper.prependTo($filters);
	const $more = $(`<button type="button" class="btn btn-default btn-sm crm-more-filters"></button>`)
		.on("click", () => fold(!$filters.hasClass("crm-folded")))
		.appendTo($filters);
	const fold = (folded) => {
		$filters.toggleClass("crm-folded", folded);
		$more.text(folded ? __("More…") : __("Less")).attr("aria-expanded", String(!folded));
	};
	fold(true);
	const { before_render } = list_view;
	list_view.before_render = function (...args) {
		before_render.apply(this, args);
		for (const field of rest) {
			field.$wrapper
				.addClass("crm-further-filter")
				.toggleClass("crm-has-value", Boolean(field.get_value()));
		}
	};
}
