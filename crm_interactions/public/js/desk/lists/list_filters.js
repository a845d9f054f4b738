import { default_party_type, only_party_type } from "../../logic/options";
import { settings } from "../platform/boot";
import { type_query } from "../activity/types";

/** Add a filter of a Datetime field by period, because Frappe's filter on a Datetime field matches exact seconds (R1). */
export function add_date_filter(list_view, fieldname) {
	const { filter_area, page } = list_view;
	if (!filter_area || page.fields_dict[fieldname]) return;
	const field = page.add_field(
		{
			fieldname,
			fieldtype: "DateRange",
			label: __("Date"),
			condition: "Between",
			is_filter: 1,
			onchange: () => filter_area.debounced_refresh_list_view(),
		},
		filter_area.standard_filters_wrapper
	);
	// after the partner and before rarely used filters
	const $after = page.fields_dict.party && page.fields_dict.party.$wrapper;
	if (field && $after) field.$wrapper.insertAfter($after);
}

/** Limit the filters of partner, subject and type to what the settings allow; hide those without a choice. */
export function limit_filters(list_view) {
	const { fields_dict } = list_view.page;
	const only = only_party_type(settings());
	if (fields_dict.party_type) {
		if (only) fields_dict.party_type.$wrapper.hide();
		fields_dict.party_type.get_query = () => ({
			filters: { name: ["in", settings().party_types || []] },
		});
	}
	if (fields_dict.party) {
		// without a chosen partner type, search the default one
		fields_dict.party.df.get_options = () =>
			(!only && fields_dict.party_type && fields_dict.party_type.get_value()) ||
			default_party_type(settings());
	}
	limit_subject_filter(fields_dict);
	if (fields_dict.interaction_type) fields_dict.interaction_type.get_query = type_query;
}

/** Limit the subject filter to configured types; hide it if there are none, as on the form. */
function limit_subject_filter({ subject_type, subject }) {
	if (!subject_type || !subject) return;
	const allowed = settings().subject_types || [];
	for (const filter of [subject_type, subject]) filter.$wrapper.toggle(allowed.length > 0);
	subject_type.get_query = () => ({ filters: { name: ["in", allowed] } });
	subject.df.get_options = () => subject_type.get_value() || allowed[0];
}
