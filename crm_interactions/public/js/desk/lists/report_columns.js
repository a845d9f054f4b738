import { name_users } from "./user_names";

const DOCTYPES = ["Interaction", "Meeting", "Product Record", "Activity Link", "Interaction Chain"];

/**
 * Show no column twice in the report builder: the ID as such, where Frappe shows the topic again, and, of partner and its name, the
 * name. *Pick Columns* adds others. Users are shown by name.
 */
export function register_reports() {
	const report = frappe.views.ReportView?.prototype;
	if (!report) return;
	const { set_default_fields, build_column, prepare_data } = report;
	report.set_default_fields = function (...args) {
		set_default_fields.apply(this, args);
		const names = this.fields.map(([field]) => field);
		if (DOCTYPES.includes(this.doctype) && names.includes("party_name")) {
			this.fields = this.fields.filter(([field]) => field !== "party");
		}
	};
	report.build_column = function (...args) {
		const column = build_column.apply(this, args);
		if (column?.id === "name" && DOCTYPES.includes(this.doctype)) {
			const link = { ...column.docfield, fieldtype: "Link", options: this.doctype };
			// otherwise the report replaces the texts of links by titles
			column.docfield = { ...column.docfield, fieldtype: "Data" };
			column.format = (value) => frappe.format(value, link, { label: value });
		}
		return column;
	};
	report.prepare_data = function (...args) {
		prepare_data.apply(this, args);
		if (DOCTYPES.includes(this.doctype)) name_users(this.data.map(({ responsible }) => responsible));
	};
}
