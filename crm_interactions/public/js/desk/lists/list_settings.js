import { as_typed } from "../../logic/stored_text";
import { as_filter_text, conditions_of, look_of, state_of } from "../../logic/status";
import { saved_views } from "../../logic/views";
import { default_party_type, only_party_type } from "../../logic/options";
import { end_of_day } from "../platform/clock";
import { settings } from "../platform/boot";
import { show_badges } from "../chains/badges";
import { add_finishing_action } from "../finishing/list_action";
import { add_hand_over } from "../handover/entry_points";
import { decorate_rows } from "./list_rows";
import { fold_filters_on_phones } from "./phone_filters";
import { add_review_actions } from "../supervision/reviewing";
import { type_query } from "../activity/types";

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
			starts_on: (value) => plain(value && short_datetime(value)),
			responsible: (value) => plain(value && frappe.user_info(value).fullname),
		},
		onload(list_view) {
			add_date_filter(list_view);
			limit_party_filter(list_view);
			fold_filters_on_phones(list_view);
			add_saved_views(list_view);
			add_finishing_action(list_view);
			add_review_actions(list_view, ({ name }) => ({
				activity_type: list_view.doctype,
				activity: name,
			}));
			add_hand_over(list_view);
			decorate_after_render(list_view);
			show_badges(list_view);
		},
	};
}

function plain(text) {
	const escaped = frappe.utils.escape_html(as_typed(text));
	return `<span class="ellipsis" title="${escaped}">${escaped}</span>`;
}

/** Return date and time without seconds. */
function short_datetime(value) {
	const [date, time] = frappe.datetime.str_to_user(value).split(/ (.*)/);
	return `${date} ${(time || "").replace(/^(\d+[:.]\d\d)[:.]\d\d/, "$1")}`.trim();
}

/** Add a filter by period, because Frappe's filter on a Datetime field matches exact seconds (R1). */
function add_date_filter(list_view) {
	const { filter_area, page } = list_view;
	if (!filter_area || page.fields_dict.starts_on) return;
	const field = page.add_field(
		{
			fieldname: "starts_on",
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

function limit_party_filter(list_view) {
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

function add_saved_views(list_view) {
	if (list_view.view_name !== "List") return;
	const context = () => ({
		user: frappe.session.user,
		now: frappe.datetime.system_datetime(),
		end_of_day: end_of_day(),
		use_reviewed: settings().use_reviewed,
		use_under_control: settings().use_under_control,
	});
	for (const { key, label } of saved_views(context())) {
		list_view.page.add_inner_button(
			__(label),
			() => {
				// user and time of the click, not of the page load
				const view = saved_views(context()).find((candidate) => candidate.key === key);
				return apply(list_view, view.filters);
			},
			__("Views")
		);
	}
}

async function apply(list_view, filters) {
	await list_view.filter_area.clear(false);
	await list_view.filter_area.add(filters.map((filter) => [list_view.doctype, ...filter]));
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
