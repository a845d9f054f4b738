import { as_typed } from "../../logic/stored_text";
import { open_filtered } from "../lists/open_list";

// total width of the page margins in pixels
const MARGINS = 46;
const NUMBERS_SHARE = 0.7;
const COLORS = { late: "red", chains: "orange" };

/**
 * Return the settings of the supervisor's report: formatter, click handler and table options, without filters (R26).
 *
 * Each number above 0 is a link that opens the list behind it; texts are escaped; columns fit a phone.
 */
export function team_report() {
	return {
		formatter(value, row, column, data, default_formatter) {
			const list = data?.lists?.[column.fieldname];
			// Frappe renders text as HTML
			const text = typeof value === "string" ? frappe.utils.escape_html(as_typed(value)) : value;
			if (!list) return default_formatter(text, row, column, data);
			if (!Number(value)) return `<div class="crm-team-number text-muted">0</div>`;
			const title = `${as_typed(data.person)}: ${column.label}`;
			const color = COLORS[column.fieldname] || "";
			return `<div class="crm-team-number"><a href="#" role="button"
				class="${frappe.utils.escape_html(color)}"
				title="${frappe.utils.escape_html(title)}"
				data-part="${frappe.utils.escape_html(column.fieldname)}"
				data-user="${frappe.utils.escape_html(data.user)}"
			>${frappe.utils.escape_html(String(value))}</a></div>`;
		},
		onload(report) {
			report.page.wrapper.addClass("crm-team");
			report.page.wrapper.on("click", ".crm-team-number a", (event) => {
				event.preventDefault();
				event.stopPropagation();
				const { part, user } = event.currentTarget.dataset;
				const { doctype, filters } = report.data.find((row) => row.user === user).lists[part];
				open_filtered(doctype, filters);
			});
		},
		get_datatable_options(options) {
			const small = frappe.is_mobile() && {
				columns: narrow(options.columns),
				inlineFilters: false,
			};
			return Object.assign(options, { serialNoColumn: false, checkboxColumn: false }, small);
		},
	};
}

/** Fit name and numbers into the width of a phone. */
function narrow(columns) {
	const room = window.innerWidth - MARGINS;
	const number = Math.floor((room * NUMBERS_SHARE) / Math.max(columns.length - 1, 1));
	return columns.map((column) => ({
		...column,
		width: column.id === "person" ? room - number * (columns.length - 1) : number,
	}));
}
