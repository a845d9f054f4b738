/**
 * Document types whose calendars and boards work on phones in Frappe 16.
 *
 * Frappe 16 hides the standard filters of lists on phones behind a button. This fails in views without these filters:
 * calendars and boards stay blank. For these types, both views create the filters.
 */
const DOCTYPES = ["Interaction", "Meeting", "Meeting Resource"];

export function open_views_on_phones() {
	if (parseInt(frappe.boot.versions?.frappe, 10) < 16) return;
	for (const view of [frappe.views.CalendarView, frappe.views.KanbanView]) {
		if (!view || Object.hasOwn(view.prototype, "setup_filter_area")) continue;
		view.prototype.setup_filter_area = function () {
			// checked here, because a form being rendered can be wider than the phone
			if (frappe.is_mobile() && DOCTYPES.includes(this.doctype)) {
				this.hide_page_form = false;
				this.page.page_form.show();
			}
			return frappe.views.ListView.prototype.setup_filter_area.call(this);
		};
	}
}
