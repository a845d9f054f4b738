/**
 * Calendars and boards on a phone, in Frappe 16.
 *
 * There every list on a phone hides its standard filters behind a button, and fails in views that make none, so
 * that calendars and boards stay blank. Those of this app make them, which also lets one filter there.
 */
const DOCTYPES = ["Interaction", "Meeting", "Meeting Resource"];

export function open_views_on_phones() {
	if (parseInt(frappe.boot.versions?.frappe, 10) < 16) return;
	for (const view of [frappe.views.CalendarView, frappe.views.KanbanView]) {
		if (!view || Object.hasOwn(view.prototype, "setup_filter_area")) continue;
		view.prototype.setup_filter_area = function () {
			// asked now: a form that is just being drawn can be wider than the phone
			if (frappe.is_mobile() && DOCTYPES.includes(this.doctype)) {
				this.hide_page_form = false;
				this.page.page_form.show();
			}
			return frappe.views.ListView.prototype.setup_filter_area.call(this);
		};
	}
}
