import { as_typed } from "../../logic/stored_text";
import { as_filter_text, conditions_of, look_of, state_of } from "../../logic/status";
import { show_badges } from "../chains/badges";
import { add_finishing_action } from "../finishing/list_action";
import { add_hand_over } from "../handover/entry_points";
import { show_empty_state } from "./empty_states";
import { add_date_filter, limit_filters } from "./list_filters";
import { decorate_rows } from "./list_rows";
import { full_name, text_cell } from "./cells";
import { fold_filters } from "./folded_filters";
import { fold_filters_on_phones } from "./phone_filters";
import { tidy_rows } from "./tidy_rows";
import { add_saved_views } from "./saved_views";
import { add_review_actions } from "../supervision/reviewing";

const FIRST_FILTERS = ["party", "starts_on", "responsible", "status", "interaction_type"];

/** Return the settings of the lists of Interaction and Meeting: indicators, filters, views, actions, marks, badges. */
export function list_settings() {
	return {
		add_fields: [
			"status",
			"completed",
			"starts_on",
			"due_until",
			"interaction_type",
			"has_attachment",
			"reviewed",
			"review_again_on",
			"under_control",
			"control_on",
			"party_type",
			"party",
			"party_name",
			"responsible",
			"chain",
		],
		hide_name_column: true,
		hide_name_filter: true,
		get_indicator(doc) {
			const now = frappe.datetime.system_datetime();
			const state = state_of(doc, now);
			const { label, color } = look_of(state);
			return [__(label), color, as_filter_text(conditions_of(state, now))];
		},
		formatters: {
			title: as_typed, // Frappe shows it as text
			starts_on: (value) => text_cell(value && short_datetime(value)),
			responsible: (value) => text_cell(full_name(value)),
		},
		onload(list_view) {
			add_date_filter(list_view, "starts_on");
			limit_filters(list_view);
			fold_filters_on_phones(list_view);
			fold_filters(list_view, FIRST_FILTERS);
			add_saved_views(list_view);
			show_empty_state(list_view);
			add_finishing_action(list_view);
			add_review_actions(list_view, ({ name }) => ({
				activity_type: list_view.doctype,
				activity: name,
			}));
			add_hand_over(list_view);
			tidy_rows(list_view, (row) => [
				row.party_name,
				short_datetime(row.starts_on),
				full_name(row.responsible),
			]);
			decorate_after_render(list_view);
			show_badges(list_view);
		},
	};
}

/** Return date and time without seconds. */
function short_datetime(value) {
	const [date, time] = frappe.datetime.str_to_user(value).split(/ (.*)/);
	return `${date} ${(time || "").replace(/^(\d+[:.]\d\d)[:.]\d\d/, "$1")}`.trim();
}

/** Decorate rows after each rendering: on refresh, on "load more" and after changes by others. */
function decorate_after_render(list_view) {
	if (list_view.view_name !== "List") return;
	const render_list = list_view.render_list;
	list_view.render_list = function (...args) {
		render_list.apply(this, args);
		decorate_rows(this);
	};
	list_view.$result.addClass("crm-activities");
}
