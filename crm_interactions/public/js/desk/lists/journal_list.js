import { as_typed } from "../../logic/stored_text";
import { look_of_row, row_state } from "../../logic/chain";
import { is_late } from "../../logic/status";
import { stands_out } from "../../logic/views";
import { fold_filters_on_phones } from "./phone_filters";
import { add_review_actions } from "../supervision/reviewing";
import { day_and_time } from "../chains/html";
import { kind_tile, kinds } from "../chains/kinds";
import { settings } from "../platform/boot";
import { full_name, text_cell } from "./cells";
import { fold_filters } from "./folded_filters";
import { show_empty_state } from "./empty_states";
import { add_date_filter, limit_filters } from "./list_filters";
import { name_list } from "./list_name";
import { add_saved_views } from "./saved_views";
import { tidy_rows } from "./tidy_rows";

const REVIEWED = ["Interaction", "Meeting"];
const FIRST_FILTERS = ["party", "activity_date", "responsible", "contact"];

/** Return the settings of the journal list; a row opens its activity, and reviewers can review selected rows (B8). */
export function journal_list_settings() {
	return {
		add_fields: [
			...[
				"activity_type",
				"activity",
				"status",
				"activity_date",
				"due_until",
				"reviewed",
				"under_control",
			],
			...["chain", "party", "responsible"],
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
			fold_filters(list_view, FIRST_FILTERS);
			show_empty_state(list_view);
			add_saved_views(list_view, { is_journal: true });
			add_review_actions(list_view, ({ activity_type, activity }) => ({ activity_type, activity }));
			tidy_rows(list_view, (row) => [
				row.party,
				row.activity_date && day_and_time(row.activity_date),
				full_name(row.responsible),
				row.chain,
			]);
			show_labels(list_view);
		},
		formatters: {
			title: as_typed, // Frappe shows it as text
			activity_type: () => `<span class="crm-row-type"></span>`,
			activity_date: (value) => text_cell(value && day_and_time(value)),
			responsible: (user) => text_cell(full_name(user)),
			party: filter_link,
			chain: filter_link,
		},
	};
}

function filter_link(value, { fieldname }) {
	const field = frappe.utils.escape_html(fieldname);
	const stored = frappe.utils.escape_html(value || "");
	const shown = frappe.utils.escape_html(as_typed(value || ""));
	return `<a class="filterable ellipsis" data-filter="${field},=,${stored}">${shown}</a>`;
}

/** Mark late and unreviewed rows, and show titles of chains and names of partners instead of numbers, after each rendering. */
function show_labels(list_view) {
	if (list_view.view_name !== "List") return;
	const { render_list } = list_view;
	list_view.render_list = function (...args) {
		render_list.apply(this, args);
		mark_rows(this);
		load_labels(this);
	};
}

function rows_of({ $result, data }) {
	const rows = new Map(data.map((row) => [row.name, row]));
	return $result
		.find(".list-row")
		.get()
		.map((element) => [$(element), rows.get($(element).find(".list-row-checkbox").attr("data-name"))])
		.filter(([, row]) => row);
}

function type_icon({ activity_type }) {
	const kind = kinds().find(({ doctype }) => doctype === activity_type) || {};
	const label = { role: "img", "aria-label": __(activity_type) };
	return kind_tile({ doctype: activity_type, ...kind, activity_type }, "crm-kind-plain").attr(label);
}

function mark_rows(list_view) {
	const now = frappe.datetime.system_datetime();
	for (const [$row, row] of rows_of(list_view)) {
		// other types are never reviewed
		const to_review = REVIEWED.includes(row.activity_type) && stands_out(row, settings());
		$row.closest(".list-row-container")
			.toggleClass("crm-late", is_late(row, now))
			.toggleClass("crm-to-review", to_review);
		$row.find(".crm-row-type").replaceWith(type_icon(row));
	}
}

/** One POST request per rendering reads the names, because a URL is too short for those of the rows. */
async function load_labels(list_view) {
	const { data } = list_view;
	if (!data.length) return;
	const names = data.map(({ name }) => name);
	const labels = await frappe.xcall("crm_interactions.api.feed.list_labels", { names });
	// the list was refreshed: a later request is pending
	if (list_view.data !== data) return;
	for (const [$row, { name, chain, party }] of rows_of(list_view)) {
		const { chain_title, party_name } = labels[name] || {};
		for (const [value, label] of [
			[chain, chain_title],
			[party, party_name],
		]) {
			if (!value || !label) continue;
			$row.find("[data-column] .ellipsis, .crm-row-facts span")
				.filter((_, element) => $(element).text() === value)
				.attr("title", value)
				.text(as_typed(label));
		}
	}
}
