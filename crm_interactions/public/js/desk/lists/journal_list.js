import { as_typed } from "../../logic/stored_text";
import { look_of_row, row_state } from "../../logic/chain";
import { fold_filters_on_phones } from "./phone_filters";
import { add_review_actions } from "../supervision/reviewing";
import { day_and_time } from "../chains/html";
import { show_empty_state } from "./empty_states";
import { add_date_filter, limit_filters } from "./list_filters";
import { name_list } from "./list_name";
import { add_saved_views } from "./saved_views";

/** Return the settings of the journal list; a row opens its activity, and reviewers can review selected rows (B8). */
export function journal_list_settings() {
	return {
		add_fields: [
			"activity_type",
			"activity",
			"status",
			"activity_date",
			"due_until",
			"reviewed",
			"under_control",
		],
		hide_name_column: true,
		hide_name_filter: true,
		get_form_link: ({ activity_type, activity }) => frappe.utils.get_form_link(activity_type, activity),
		get_indicator(doc) {
			const now = frappe.datetime.system_datetime();
			const { label, color } = look_of_row(row_state(doc, now));
			return [__(label), color, `status,=,${doc.status}`];
		},
		onload(list_view) {
			list_view.$result.addClass("crm-journal");
			name_list(list_view, __("Journal"));
			add_date_filter(list_view, "activity_date");
			limit_filters(list_view);
			fold_filters_on_phones(list_view);
			show_empty_state(list_view);
			add_saved_views(list_view, { is_journal: true });
			add_review_actions(list_view, ({ activity_type, activity }) => ({ activity_type, activity }));
		},
		formatters: {
			title: as_typed, // Frappe shows it as text
			activity_date: (value) =>
				value ? `<span class="ellipsis">${frappe.utils.escape_html(day_and_time(value))}</span>` : "",
		},
	};
}
