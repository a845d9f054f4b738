import { on_message } from "./realtime";

/** Show notifications as read that the server marked so; Frappe loads the bell's list only with the page. */
export function follow_read_notifications() {
	on_message("crm_interactions_read", ({ names }) => {
		for (const name of names) {
			$(`.notification-item[data-name="${CSS.escape(name)}"]`).removeClass("unread");
		}
	});
}
