import { as_typed } from "../../logic/stored_text";

const MOST_COLUMNS = 10;

/**
 * Prepare a list for `css/lists.css`, and its rows after each rendering: all columns, by name, whole texts, and the age of the last
 * change in a tooltip, where it doesn't look like a date. On phones, a line below the topic has what the columns show.
 *
 * @param facts_of returns the texts of a row's line, blank ones included
 */
export function tidy_rows(list_view, facts_of) {
	if (list_view.view_name !== "List") return;
	list_view.$result.addClass("crm-rows");
	show_all_columns(list_view);
	const { render_list } = list_view;
	list_view.render_list = function (...args) {
		render_list.apply(this, args);
		const rows = new Map(this.data.map((row) => [row.name, row]));
		this.$result.find(".list-row-head, .list-row").each((_, element) => {
			const $row = $(element);
			name_columns(this, $row);
			const row = rows.get($row.find(".list-row-checkbox").attr("data-name"));
			if (row) tidy($row, () => facts_of(row));
		});
	};
}

/** Show more than the six columns that Frappe 15 has room for, unless *List Settings* says how many. */
function show_all_columns(list_view) {
	const settings = list_view.list_view_settings;
	if (parseInt(frappe.boot.versions?.frappe, 10) >= 16) return;
	if (!settings || settings.total_fields || frappe.is_mobile()) return;
	settings.total_fields = MOST_COLUMNS;
	list_view.setup_columns();
	list_view.render_header(true);
}

/** Mark the cells of a row with the names of their columns, which Frappe 15 doesn't. */
function name_columns(list_view, $row) {
	$row.find(".level-left .list-row-col").each((index, cell) => {
		const { type, df } = list_view.columns[index] || {};
		cell.dataset.column = type === "Field" ? df.fieldname : (type || "").toLowerCase();
	});
}

function tidy($row, get_facts) {
	const $age = $row.find(".modified");
	$row.find(".list-row-activity").attr("title", __("Last changed: {0}", [$age.text().trim()]));
	if (!frappe.is_mobile() || $row.find(".crm-row-facts").length) return;
	const $facts = $(`<div class="crm-row-facts"></div>`);
	for (const fact of get_facts().filter(Boolean)) $("<span></span>").text(as_typed(fact)).appendTo($facts);
	$row.find(".level-left").first().append($facts);
}
