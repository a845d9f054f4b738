import { on_message } from "./realtime";

const ITEM = ".notification-item[data-name]";

/** Show notifications as read that the server marked so; Frappe loads the bell's list only with the page. */
export function follow_read_notifications() {
	on_message("crm_interactions_read", ({ names }) => names.forEach(show_as_read));
}

export function show_as_read(name) {
	$(`.notification-item[data-name="${CSS.escape(name)}"]`).removeClass("unread");
}

/**
 * Call a function with the notifications in the bell, as elements by name, after each rendering and each opening.
 *
 * @param callback gets a Map
 */
export function watch_bell(callback) {
	$(document).one("app_ready", () => {
		const panel = document.querySelector(".panel-notifications");
		if (!panel) return;
		const tell = frappe.utils.debounce(() => callback(items_in(panel)), 100);
		new MutationObserver((changes) => {
			if (changes.some(({ addedNodes }) => [...addedNodes].some(has_item))) tell();
		}).observe(panel, { childList: true, subtree: true });
		$(panel).closest(".dropdown").on("show.bs.dropdown", tell);
		tell();
	});
}

const has_item = (node) => node instanceof Element && (node.matches(ITEM) || node.querySelector(ITEM));

const items_in = (panel) =>
	new Map([...panel.querySelectorAll(ITEM)].map((element) => [element.dataset.name, element]));
